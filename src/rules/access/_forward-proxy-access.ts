/** Who may use a forward proxy of httpd. */
import type { VirtualHost } from '../../model/model.ts';
import { enclosingNamed, type Block, type Directive } from '../../syntax/tree.ts';
import { children, walk } from '../../syntax/walk.ts';
import { fnmatch, isWildcard } from '../../text/fnmatch.ts';
import { isLoopbackHost } from '../../model/network.ts';

/** Reached from this machine only. */
export function isLocal({ listeners }: VirtualHost): boolean {
  return listeners.length > 0 && listeners.every(({ address }) => isLoopbackHost(address));
}

const accessKeys = new Set(['require', 'allow', 'deny']);

/** The access rules that a request to the forward proxy of a virtual host can meet. */
export function accessOfProxies(root: Block, { directive: own }: VirtualHost): Directive[] {
  const rules: Directive[] = [];
  walk(root, (section) => {
    if (!section.block || !mayHold(section) || isOfOther(section, own)) return;
    walk(section.block, (directive) => {
      if (accessKeys.has(directive.key)) rules.push(directive);
    });
    for (const directive of children(section.block)) if (directive.key.startsWith('include')) rules.push(directive);
  });
  return rules;
}

function isOfOther(section: Directive, own: Directive | undefined): boolean {
  const around = enclosingNamed(section, 'virtualhost');
  return around !== undefined && around !== own;
}

/** Stands for any site. */
const asked = 'http://other.example/';

/** httpd compares sections with the whole URL that a forward proxy is asked for, so that `<Location "/">` does not hold for it. */
function mayHold({ key, args }: Directive): boolean {
  const isRegex = /^(?:proxy|location)match$/.test(key) || args[0]?.value === '~';
  const pattern = (args[0]?.value === '~' ? args[1] : args[0])?.value ?? '';
  if (isRegex) return !pattern.startsWith('^/');
  if (pattern.includes('$')) return key === 'proxy' || key === 'location';
  if (key === 'location') return fnmatch(pattern, asked, { pathname: true }) || isBeginning(pattern);
  return key === 'proxy' && (fnmatch(pattern, asked) || isBeginning(pattern));
}

function isBeginning(pattern: string): boolean {
  return pattern !== '' && !isWildcard(pattern) && asked.startsWith(pattern);
}

export function admitsAll({ key, args }: Directive): boolean {
  const text = args.map((word) => word.value.toLowerCase()).join(' ');
  return (key === 'require' && text === 'all granted') || (key === 'allow' && text === 'from all');
}
