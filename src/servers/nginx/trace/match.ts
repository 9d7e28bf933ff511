import type { BoundedRegex, RegexMatch } from '../../../regex/match.ts';
import type { Evaluated } from './values.ts';

/**
 * Matches and keeps the captures, numbered and named, as `ngx_http_regex_exec` does: a failed match leaves the old ones.
 */
export function runRegex<S extends Evaluated<S>>(state: S, regex: BoundedRegex, subject: string): boolean {
  const match = regex.exec(subject);
  if (match) keepCaptures(state, match);
  return match !== null;
}

export function keepCaptures<S extends Evaluated<S>>(state: S, match: RegexMatch): void {
  state.captures = match.map((capture) => capture ?? '');
  for (const [name, value] of Object.entries(match.groups ?? {})) state.variables.set(name.toLowerCase(), value ?? '');
}
