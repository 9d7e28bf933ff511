import { enclosingNamed, type Directive } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';

/** The line right behind a `Use` that ends with the file: `array_getstr` of mod_macro gives it up. */
export function lostLine(use: Directive): { readonly text: string; readonly place: Place } | undefined {
  const { file } = use.parent;
  const start = file.text.indexOf('\n', use.end) + 1;
  const text = file.text.slice(start).trim();
  if (start === 0 || file.outer || text === '' || text.includes('\n') || /^#|\\$/.test(text)) return undefined;
  if (file.text.endsWith('\n') || enclosingNamed(use, 'macro')) return undefined;
  const from = file.text.indexOf(text, start);
  return { text, place: { file, start: from, end: from + text.length } };
}
