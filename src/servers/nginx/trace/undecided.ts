/** Directives in force whose effect is not traced: where one would act, the answer cannot be told. */
import { NginxScope } from '../meaning/scope.ts';
import { nginxDirectives } from '../facts/index.ts';
import type { NginxContext } from '../facts/types.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import { influenceOf, type Stage } from './directives.ts';
import type { State } from './state.ts';

/** Throws `UnknownAnswer` if a directive that acts at the stage is in force. */
export function refuseUndecided(state: State, stage: Stage): void {
  const found = undecidedIn(state, stage)[0];
  if (found) giveUp(`"${found.name.value}" decides the answer; it is not traced.`);
}

/** Names directives that change the headers of the response. */
export function noteUndecidedHeaders(state: State): void {
  for (const { name } of undecidedIn(state, 'headers'))
    state.unknowns.push(`"${name.value}" changes headers of the response, which is not traced.`);
}

function undecidedIn(state: State, stage: Stage): Directive[] {
  const keys = new Set<string>();
  for (let scope = state.scope; ; scope = scope.outer) {
    if (scope instanceof NginxScope && scope.kind !== 'main')
      for (const key of undecidedKeys(scope).get(stage) ?? []) keys.add(key);
    if (!scope.outer) break;
  }
  return [...keys].flatMap((key) => {
    const directive = state.scope.effective(key).at(-1);
    return directive && !isOff(directive) ? [directive] : [];
  });
}

const byScope = new WeakMap<NginxScope, ReadonlyMap<Stage, ReadonlySet<string>>>();

/** The keys on a level by the stage at which they act, found once: the level of `http` may hold thousands of servers. */
function undecidedKeys(scope: NginxScope): ReadonlyMap<Stage, ReadonlySet<string>> {
  const known = byScope.get(scope);
  if (known) return known;
  const found = new Map<Stage, Set<string>>();
  for (const { key } of scope.directives) {
    const influence = influenceOf(key);
    if (influence === 'traced' || influence === 'none' || !mayBeHttp(key)) continue;
    const same = found.get(influence);
    if (same) same.add(key);
    else found.set(influence, new Set([key]));
  }
  byScope.set(scope, found);
  return found;
}

/** What switches a module off; its other settings stand for themselves. */
function isOff({ args }: Directive): boolean {
  return args.length === 1 && /^(?:off|0|none)$/i.test(args[0]!.value);
}

const httpContexts: ReadonlySet<NginxContext> = new Set<NginxContext>([
  'http',
  'server',
  'location',
  'if-in-server',
  'if-in-location',
  'limit_except',
]);

export const isHttpContext = (context: NginxContext): boolean => httpContexts.has(context);

/** False for what stands beside `http` in a file that holds pieces of several levels. */
function mayBeHttp(key: string): boolean {
  const known = nginxDirectives(key);
  return known.length === 0 || known.some(({ contexts }) => contexts.length === 0 || contexts.some(isHttpContext));
}
