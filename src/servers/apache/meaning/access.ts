/** What turns clients away in httpd, for rules that ask whether something is guarded. */
import type { Route } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';

/** `some`: some clients are turned away; `granted`: everybody is let in expressly; `none`: nothing is said. */
export type Guard = 'some' | 'granted' | 'none';

const legacy = new Set(['allow', 'deny']);
const others = /^(?:requireall|requireany|requirenone|sslverifyclient|sslrequire|limitexcept)$/;

/** What the sections that apply to a route, and those of its virtual host, ask of clients. */
export function apacheGuard({ scope, directive, virtualHost }: Route): Guard {
  const rules = ['require', 'allow', 'deny'].flatMap((key) => scope.effective(key));
  if (directive.block && children(directive.block).some(({ key }) => others.test(key) || key === 'if')) return 'some';
  if (scope.effective('sslverifyclient').some(({ args }) => /^require$/i.test(args[0]?.value ?? ''))) return 'some';
  if (rules.some((rule) => !admitsAll(rule))) return 'some';
  if (rules.length > 0) return 'granted';
  return hostRestricts(virtualHost.directive) ? 'some' : 'none';
}

function admitsAll({ key, args }: Directive): boolean {
  const text = args.map(({ value }) => value.toLowerCase()).join(' ');
  return legacy.has(key) ? text === 'from all' && key === 'allow' : text === 'all granted';
}

/** A section for the files of the virtual host applies to a page without file, too: it is looked for under the document root. */
function hostRestricts(host: Directive | undefined): boolean {
  if (!host?.block) return false;
  return children(host.block).some(
    ({ key, block }) =>
      /^directory|^if/.test(key) &&
      block &&
      children(block).some((rule) => /^(?:require|allow|deny)$/.test(rule.key) && !admitsAll(rule)),
  );
}
