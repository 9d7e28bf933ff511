import type { ApacheDirective, ArgumentKind } from '../facts/types.ts';
import { placeIn, type Directive } from '../../../syntax/tree.ts';
import { type Refusal, wrongCount } from './refusal.ts';
import { readFlag } from '../meaning/settings.ts';

const wording: Readonly<Partial<Record<ArgumentKind, string>>> = {
  NO_ARGS: 'no arguments',
  TAKE1: 'one argument',
  TAKE2: 'two arguments',
  TAKE3: 'three arguments',
  TAKE12: 'one or two arguments',
  TAKE13: 'one or three arguments',
  TAKE23: 'two or three arguments',
  TAKE123: 'one to three arguments',
  ITERATE: 'at least one argument',
  ITERATE2: 'at least two arguments',
};

/** Sections that read their own line and refuse an empty one. */
const needArgument = new Set(
  (
    'directory directorymatch location locationmatch files filesmatch virtualhost if elseif limit ' +
    'limitexcept ifmodule ifdefine ifversion iffile ifdirective ifsection'
  ).split(' '),
);
/** Sections for one path or pattern; a `~` may stand before it where the name has no `Match` of its own. */
const onePattern = /^(?:(?:directory|location|files)(?:match)?|if|elseif)$/;
const needNone = new Set(['else', 'requireall', 'requireany', 'requirenone']);

/** Judges the number of arguments as `invoke_cmd` of `server/config.c` does. */
export function judgeArguments(directive: Directive, facts: ApacheDirective): Refusal | undefined {
  const { kind, min, max } = facts.args;
  const { args } = directive;
  if (kind === 'FLAG') return judgeFlag(directive);
  if (directive.block) {
    if (args.length === 0 && needArgument.has(directive.key)) return wrongCount(directive, 'at least one argument');
    if (args.length > 0 && needNone.has(directive.key)) return wrongCount(directive, 'no arguments', 0);
    const most = args[0]?.value === '~' ? 2 : 1;
    if (onePattern.test(directive.key) && args.length > most) return wrongCount(directive, 'one argument', most);
  }
  const expected = kind && wording[kind];
  if (!kind || !expected) return undefined;
  const count = args.length;
  // An empty string counts as a missing argument.
  const empty = args.slice(0, kind === 'ITERATE2' ? 1 : min).some((word) => word.value === '');
  const wrong = count < min || count > max || empty || (kind === 'TAKE13' && count === 2);
  return wrong ? wrongCount(directive, expected, count > max ? max : undefined) : undefined;
}

/** The server looks at the first word only. */
function judgeFlag(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  if (!word) return wrongCount(directive, '"On" or "Off"');
  if (readFlag([word.value]) !== undefined || word.value.includes('${')) return undefined;
  return {
    rule: 'invalid-value',
    message: 'httpdFlag',
    at: placeIn(directive, word),
    data: { name: directive.name.value, value: word.value },
  };
}
