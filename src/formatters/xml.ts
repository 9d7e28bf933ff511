/** XML for formats that are read by other tools. */
import { wordTable } from '../text/word-table.ts';
import { escapeControls } from './escape.ts';

const entities = wordTable<Record<string, string>>({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
});

/** For text and attributes. Characters that XML 1.0 has no place for come out as `\x1b` or `\u{fffe}`. */
export function escapeXml(text: string): string {
  return escapeControls(text)
    .replace(/[&<>"']/g, (character) => entities[character]!)
    .replace(/[\uFFFE\uFFFF]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/** ` name="value"` for each attribute that has a value. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}
