/** Wildcards of `glob` and `fnmatch`, which nginx and httpd use for includes. */

export function hasWildcard(path: string): boolean {
  return /[*?[]/.test(path);
}

/** Matches one path, or one name. A wildcard matches neither `/` nor a period at the beginning of a name. */
export function globToRegExp(pattern: string): RegExp {
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
  return new RegExp(`^${source}$`);
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
