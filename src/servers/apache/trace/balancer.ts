/** Which members of a balancer may get the request (modules/proxy/mod_proxy_balancer.c). */
import { readLevel } from '../meaning/levels.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import { levelsOf, step, taken, textOf, type Request } from './state.ts';
import { parameters, type Worker } from './workers.ts';
import { readUrl } from '../../../model/url.ts';

interface Member {
  readonly url: string;
  readonly parameters: Map<string, string>;
  readonly directive: Directive;
}

export interface Choice {
  /** That of a usable member, in the place of the balancer's. */
  readonly url: string;
  readonly worker: Worker;
  /** The name of the balancer, and the URLs of all usable members; undefined: there is but one. */
  readonly group: { readonly name: string; readonly urls: readonly string[] } | undefined;
}

/** A number is the status where the balancer has no members. Throws `UnknownAnswer` where there is no usable member, or they would be sent different requests. */
export function chooseMember(request: Request, url: string): Choice | number {
  const { pathAndQuery } = readUrl(url);
  const name = url.slice(0, pathAndQuery.start);
  const members = membersOf(request, name.toLowerCase());
  if (members.length === 0) {
    const status = isNamed(request, name.toLowerCase()) ? 503 : 500;
    step(request, `${name} has no members: httpd answers ${status}.`);
    return status;
  }
  const usable = members.filter(({ parameters: of }) => !/[dsh]/i.test((of.get('status') ?? '').replace(/-./g, '')));
  const [first, ...others] = usable;
  if (!first) return giveUp('Which member of a balancer is chosen is not traced.');
  if (others.some((other) => asked(other) !== asked(first)))
    return giveUp('The members of a balancer are sent different requests; which one is chosen is not traced.');
  const told = others.length === 0 ? 'the only member' : 'one of the members';
  step(request, `${first.url} is ${told} of ${name} that is in use.`, first.directive);
  const worker = { name: first.url, isPattern: false, parameters: first.parameters };
  const full = ({ url: own }: Member): string => own + pathAndQuery.text;
  return { url: full(first), worker, group: others.length === 0 ? undefined : { name, urls: usable.map(full) } };
}

/** The parameters that change what a member is sent, after its scheme and path. */
const sending = ['upgrade', 'disablereuse', 'enablereuse'];

function asked({ url, parameters: of }: Member): string {
  const { scheme, pathAndQuery } = readUrl(url);
  return [scheme?.text, pathAndQuery.text, ...sending.map((name) => of.get(name))].join(' ');
}

/** Whether something defines the balancer; a URL that lacks a slash before the path names another. */
function isNamed({ setting }: Request, name: string): boolean {
  return levelsOf(setting.base).some(({ level }) =>
    level.items.some(({ directive: { key, args } }) => {
      if (key !== 'proxy' && key !== 'proxypass') return false;
      return args.some((word) => {
        const url = textOf(setting, word);
        return url.slice(0, readUrl(url).pathAndQuery.start).toLowerCase() === name;
      });
    }),
  );
}

function membersOf(request: Request, name: string): Member[] {
  const { setting } = request;
  const members: Member[] = [];
  for (const { level } of levelsOf(setting.base))
    for (const item of level.items) {
      const { directive } = item;
      const first = directive.key === 'proxy' ? textOf(setting, directive.args[0]) : '';
      if (directive.key === 'balancermember') {
        const words = taken(setting, item).args.map((word) => textOf(setting, word));
        if (words[0]?.toLowerCase() === name) members.push(memberOf(words.slice(1), directive));
      } else if (first.toLowerCase().replace(/\/$/, '') === name) {
        for (const inner of readLevel(directive.block, setting.environment, item.certain).named('balancermember')) {
          const words = taken(setting, inner).args.map((word) => textOf(setting, word));
          members.push(memberOf(words, inner.directive));
        }
      }
    }
  return members;
}

function memberOf([url = '', ...options]: readonly string[], directive: Directive): Member {
  return { url, parameters: parameters(options), directive };
}
