/** Who may use a forward proxy of httpd. */
import type { VirtualHost } from '../../model/model.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import { children, walk } from '../../syntax/walk.ts';
import { isLoopbackHost } from '../../model/network.ts';

/** Reached from this machine only. */
export function isLocal({ listeners }: VirtualHost): boolean {
  return listeners.length > 0 && listeners.every(({ address }) => isLoopbackHost(address));
}

const accessKeys = new Set(['require', 'allow', 'deny']);

/** The access rules that a forward proxy request can meet: those in <Proxy *>, and in <Location> sections. */
export function accessOfProxies(root: Block): Directive[] {
  const rules: Directive[] = [];
  walk(root, (section) => {
    if (!section.block || !/^(?:proxy|proxymatch|location|locationmatch)$/.test(section.key)) return;
    walk(section.block, (directive) => {
      if (accessKeys.has(directive.key)) rules.push(directive);
    });
    for (const directive of children(section.block)) if (directive.key.startsWith('include')) rules.push(directive);
  });
  return rules;
}

export function admitsAll({ key, args }: Directive): boolean {
  const text = args.map((word) => word.value.toLowerCase()).join(' ');
  return (key === 'require' && text === 'all granted') || (key === 'allow' && text === 'from all');
}
