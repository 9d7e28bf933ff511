/** Directives in force whose effect is not traced: where one would act, the answer cannot be told. */
import type { Directive } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import { influenceOf, type Stage } from './directives.ts';
import { levelsOf, type Request } from './state.ts';

/** Throws `UnknownAnswer` if a directive that acts at the stage is in force. */
export function refuseUndecided(request: Request, stage: Stage): void {
  const found = undecidedIn(request, stage)[0];
  if (found) giveUp(`"${found.name.value}" decides the answer; it is not traced.`);
}

/** Names directives that may change headers of the response, or answer from a cache. */
export function noteUndecided(request: Request): void {
  for (const { name } of undecidedIn(request, 'note'))
    request.setting.unknowns.add(`"${name.value}" may change the answer, which is not traced.`);
}

function undecidedIn({ scope }: Request, stage: Stage): Directive[] {
  const keys = new Set<string>();
  for (const { level } of levelsOf(scope))
    for (const { directive } of level.items) if (influenceOf(directive.key) === stage) keys.add(directive.key);
  return [...keys].flatMap((key) => {
    const directive = scope.setting(key)?.directive;
    return directive && !isOff(directive) ? [directive] : [];
  });
}

/** What switches a module off; its other settings stand for themselves. */
function isOff({ args }: Directive): boolean {
  return args.length === 1 && /^(?:off|none|disabled|detectiononly|strict)$/i.test(args[0]!.value);
}
