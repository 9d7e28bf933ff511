/** The messages with which a server refuses a config, and what is known of each. */
import { existsSync, readFileSync } from 'node:fs';

/** `checked`: `config` makes the server print it. `environment`: the machine decides; both others say why no config is given. */
export type Entry = {
  readonly module: string;
  readonly function: string;
  /** A format as of `printf`. */
  readonly message: string;
} & (
  | { readonly status: 'checked'; readonly config: string }
  | { readonly status: 'environment' | 'out of scope'; readonly reason: string }
  | { readonly status: 'open' }
);

export interface Inventory {
  readonly source: string;
  readonly version: string;
  readonly date: string;
  readonly messages: readonly Entry[];
}

/** Empty where the file was not written yet. */
export function readInventory(): Inventory {
  const file = new URL('apache.json', import.meta.url);
  if (!existsSync(file)) return { source: '', version: '', date: '', messages: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as Inventory;
}

/** What a server prints for a format; other text may stand around it. */
export function patternOf(format: string): RegExp {
  const [first = ''] = format.trim().split('\n');
  const escaped = first.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  const pattern = escaped.replaceAll(/%(?:%|p\w?|[-+#0-9.]*[lzh]*[a-zA-Z])/g, (each) =>
    each === '%%' ? '%' : '[^]*?',
  );
  // Control characters are printed as escapes.
  return new RegExp(pattern.replaceAll('\t', String.raw`(?:\t|\\t)`).replaceAll(/(?:\[\^\]\*\?)+/g, '[^]*?'));
}
