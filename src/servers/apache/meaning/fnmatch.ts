import { boundedRegex } from '../../../regex/match.ts';

/** `apr_fnmatch`; with `pathname` no wildcard matches a slash. */
export function fnmatch(pattern: string, text: string, pathname: boolean): boolean {
  const any = pathname ? '[^/]' : '[^]';
  const source = pattern.replace(
    /(\*)|(\?)|\[([!^]?)(\]?[^\]]*)\]|\\([^])|([^])/g,
    (_, star, question, negation: string, set: string | undefined, escaped: string, plain: string) => {
      if (star !== undefined) return `${any}*`;
      if (question !== undefined) return any;
      if (set !== undefined) return `[${negation === '' ? '' : '^'}${set.replace(/[\\\]^[]/g, '\\$&')}]`;
      return (escaped ?? plain).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    },
  );
  // Undefined: a range that runs backwards.
  return boundedRegex(`^${source}$`)?.test(text) ?? false;
}

/** `ap_strcasecmp_match`. */
export function wildcard(pattern: string, name: string): boolean {
  return wildcardTest(pattern)(name);
}

/** The same for a pattern that is asked more than once. */
export function wildcardTest(pattern: string): (name: string) => boolean {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|/]/g, '\\$&')
    .replace(/\*+/g, '[^]*')
    .replaceAll('?', '[^]');
  const regex = boundedRegex(`^${source}$`, 'i');
  return (name) => regex?.test(name) ?? false;
}
