import { compareText } from '../../text/paths.ts';
import type { IncludeMemory, IncludeRules } from '../../syntax/include-rules.ts';
import type { Directive } from '../../syntax/tree.ts';

/** `Include` and `IncludeOptional`, `ap_process_fnmatch_configs` of `server/config.c`. */
export const apacheIncludes: IncludeRules = {
  isInclude: ({ key }) => key === 'include' || key === 'includeoptional',
  mayBeMissing: ({ key }) => key === 'includeoptional',
  hasPatterns: true,
  hasFolders: true,
  // The names in each folder are sorted, not whole paths.
  compare: (a, b) => compareText(a.replaceAll('/', '\0'), b.replaceAll('/', '\0')),
  installed:
    /^\/(?:etc|usr\/local\/etc|opt\/homebrew\/etc)\/(?:apache2|apache24|httpd)(?:\/|$)|^\/usr\/local\/apache2\/conf/,
  packaged: /^(?:mime\.types|magic)$/,
  begin: () => new Defined(),
};

/** `Define` and `ServerRoot`. */
class Defined implements IncludeMemory {
  /** Undefined for a value that depends on a condition. */
  readonly #values = new Map<string, string | undefined>();

  note({ key, args }: Directive, isUnconditional: boolean): string | undefined {
    const [first, second] = args;
    if (key === 'define' && first) this.#values.set(first.value, isUnconditional ? second?.value : undefined);
    if (key !== 'serverroot' || !first || !isUnconditional || first.value.includes('$')) return undefined;
    return first.value;
  }

  substitute(path: string): string {
    return path.replace(/\$\{(\w+)\}/g, (whole, name: string) => this.#values.get(name) ?? whole);
  }
}
