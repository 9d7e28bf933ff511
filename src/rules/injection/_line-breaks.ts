/** Variables whose values break lines: which of those that a text mentions can hold a break that a client chooses. */
import { locationMatch } from '../../servers/nginx/meaning/match.ts';
import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import { clientBreaksLines, type ValueSource } from '../../servers/nginx/meaning/value-source.ts';
import { matchesLineBreak, matchesLineFeed } from '../../regex/captures.ts';
import type { Config } from '../../syntax/config.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

/** A variable that is written as it is, and where it comes from. */
export interface Spoiler {
  readonly text: string;
  readonly source: ValueSource;
}

export interface Break {
  readonly holds: (source: ValueSource) => boolean;
  /** Whether a part of a pattern matches it. */
  readonly matches: (pattern: string) => boolean;
}

export const lineBreak: Break = { holds: clientBreaksLines, matches: matchesLineFeed };
export const loneReturn: Break = {
  holds: ({ control, charset }) => control === 'client' && charset === 'carriage-return',
  matches: matchesLineBreak,
};

const mention = /\$(?:\{\w+\}|\d|\w+)/g;

/** Asks for a text of nginx that stands in a directive. */
export function spoilersIn(config: Config): (directive: Directive, value: string, lineBreak: Break) => Spoiler[] {
  const mentions = new Map<string, readonly string[]>();

  /** The same few values stand in most servers of a config. */
  function mentionsIn(value: string): readonly string[] {
    let found = mentions.get(value);
    if (!found) mentions.set(value, (found = [...new Set(value.match(mention))]));
    return found;
  }

  return (directive, value, { holds, matches }) => {
    const variables = variablesOf(config);
    return mentionsIn(value).flatMap((text) => {
      // A rewrite encodes its numbered groups.
      if (directive.key === 'rewrite' && /^\$\{?\d/.test(text)) return [];
      const source = variables.sourceOf(text, directive);
      return holds(source) && !isConfined(source, directive, matches) ? { text, source } : [];
    });
  };
}

/** True where the location or a login leaves no room for such a break. */
function isConfined({ roots }: ValueSource, at: Directive, matches: Break['matches']): boolean {
  if (roots.includes('remote_user')) return hasLogin(at);
  if (!roots.every((root) => root === 'uri' || root === 'document_uri')) return false;
  // A pattern that takes all of the path, and no break in it.
  const excludes = (pattern: string): boolean => /^\^.*\$$/s.test(pattern) && !matches(pattern);
  if (at.key === 'rewrite' && excludes(at.args[0]!.value)) return true;
  for (let around: Directive | undefined = at; around; around = enclosing(around)) {
    if (around.key !== 'location') continue;
    const { kind, pattern } = locationMatch(around);
    return kind === 'exact' || (kind === 'regex' && excludes(pattern));
  }
  return false;
}

/** A login admits only names of its list, which hold no line breaks. */
function hasLogin(at: Directive): boolean {
  for (let around = enclosing(at); around; around = enclosing(around)) {
    const own = childrenNamed(around.block, 'auth_basic').at(-1);
    if (own) return !isOff(own);
  }
  return false;
}
