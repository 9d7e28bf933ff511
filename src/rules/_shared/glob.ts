/** Whether a pattern has signs of glob(7) that {@link matchesGlob} does not know: brackets and escapes. */
export function isPlainGlob(pattern: string): boolean {
  return !/[[\\]/.test(pattern);
}

export function isWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** `fnmatch` without flags for `*` and `?`, which match any character; in time proportional to both lengths multiplied. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let sign = 0;
  while (at < text.length) {
    if (pattern[sign] === '*') {
      star = sign++;
      resume = at;
    } else if (sign < pattern.length && (pattern[sign] === '?' || pattern[sign] === text[at])) {
      sign++;
      at++;
    } else if (star >= 0) {
      sign = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[sign] === '*') sign++;
  return sign === pattern.length;
}
