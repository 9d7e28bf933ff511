/** Directive names and argument kinds from the command tables in C: `AP_INIT_TAKE1("Name", ...` and mod_ssl's `SSL_CMD_*`. */
import type { Upstream } from './upstream.ts';

const pattern =
  '#define +[A-Z0-9]+_CMD_[A-Z0-9_]+ +"[^"]*"|AP_INIT_[A-Z0-9_]+ *\\( *("[^"]*"|[A-Z0-9]+_CMD_[A-Z0-9_]+)|SSL_CMD_(ALL|SRV|PXY|DIR)\\([A-Za-z0-9]+, *[A-Z0-9_]+(, *[A-Z0-9_]+)?';

export interface MacroDirective {
  readonly name: string;
  readonly kind: string;
  readonly section: boolean;
  /** Base name of the C file, which is the module's name. */
  readonly module: string;
}

export function readMacros(upstream: Upstream, ref: string): MacroDirective[] {
  const lines = upstream.grep(ref, pattern);
  const named = new Map(lines.flatMap(({ text }) => constantOf(text)));
  return lines.flatMap(({ path, text }) => {
    if (text.startsWith('#') || /\/test\/|^test\/|experimental\/mod_example/.test(path)) return [];
    const module = /([^/]+)\.c$/.exec(path)![1]!;
    const plain = /^AP_INIT_([A-Z0-9_]+) *\( *(?:"([^"]*)"|(\w+))/.exec(text);
    if (plain) {
      const name = plain[2] ?? named.get(plain[3]!);
      return name === undefined
        ? []
        : [{ kind: plain[1]!, section: name.startsWith('<'), name: name.replace('<', ''), module }];
    }
    const ssl = /^SSL_CMD_(ALL|SRV|PXY|DIR)\((\w+), *(\w+)(?:, *(\w+))?/.exec(text)!;
    const kind = ssl[1] === 'DIR' ? ssl[4]! : ssl[3]!;
    return ssl[2] === 'name' ? [] : [{ kind, section: false, name: `SSL${ssl[2]}`, module: 'mod_ssl' }];
  });
}

/** A constant that stands for the name of a directive: `#define MD_CMD_MD_SECTION "<MDomainSet"`. */
function constantOf(text: string): [constant: string, name: string][] {
  const match = /^#define +(\w+) +"([^"]*)"/.exec(text);
  return match ? [[match[1]!, match[2]!]] : [];
}

/** The first release of 2.4 (or a later 2.2) that has each directive, by lower-cased name; those of 2.2.0 are left out. */
export function firstReleases(upstream: Upstream): Map<string, string> {
  const releases = upstream.releases();
  const first = new Map<string, string>();
  for (const release of releases) {
    for (const { name } of readMacros(upstream, release)) {
      const key = name.toLowerCase();
      if (!first.has(key)) first.set(key, release);
    }
  }
  for (const [key, release] of first) if (release === releases[0]) first.set(key, '');
  return first;
}
