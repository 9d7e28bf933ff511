/** Wildcards of `glob` and `fnmatch`, which nginx and httpd use for includes. */
import { boundedRegex } from '../regex/match.ts';

export function hasWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

/** Matches one path, or one name. A wildcard matches neither `/` nor a period at the beginning of a name. */
export function globToRegExp(pattern: string): { test(path: string): boolean } {
  const source = pattern.replace(
    /(^|\/)?(?:(\*+)|(\?)|\[([!^]?)(\]?[^\]]*)\]|\\(.)|([^]))/g,
    (whole, before: string | undefined, star, question, negation: string, set: string | undefined, escaped, plain) => {
      const start = before ?? '';
      const visible = before === undefined ? '' : '(?!\\.)';
      if (star !== undefined) return `${start}${visible}[^/]*`;
      if (question !== undefined) return `${start}${visible}[^/]`;
      if (set !== undefined) return `${start}${visible}[${negation && '^/'}${escapeSet(set)}]`;
      return start + escape((escaped ?? plain ?? whole) as string);
    },
  );
  const regex = boundedRegex(`^${source}$`);
  return { test: (path) => regex?.matches(path) === true };
}

/** A range that runs backwards matches nothing. */
function escapeSet(set: string): string {
  return set
    .replace(/(.)-(.)/g, (range, from: string, to: string) => (from <= to ? range : ''))
    .replace(/[\\\]^[]/g, '\\$&');
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
