/** Which member of a balancer gets the request, where only one can (modules/proxy/mod_proxy_balancer.c). */
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

/** The URL for the only usable member, in the place of the balancer's, and that member. Throws `UnknownAnswer` for several, or none. */
export function chooseMember(request: Request, url: string): { readonly url: string; readonly worker: Worker } {
  const { pathAndQuery } = readUrl(url);
  const name = url.slice(0, pathAndQuery.start);
  const members = membersOf(request, name.toLowerCase());
  const usable = members.filter(({ parameters: of }) => !/[dsh]/i.test((of.get('status') ?? '').replace(/-./g, '')));
  const [only] = usable;
  if (!only || usable.length > 1) return giveUp('Which member of a balancer is chosen is not traced.');
  step(request, `${only.url} is the only member of ${name} that is in use.`, only.directive);
  const worker = { name: only.url, isPattern: false, parameters: only.parameters };
  return { url: only.url.replace(/\/$/, '') + pathAndQuery.text, worker };
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
