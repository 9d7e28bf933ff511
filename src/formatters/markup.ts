/** HTML and SVG in which text cannot become markup: whatever a template is given is escaped, but for what templates made. */
import { escapeXml } from './xml.ts';

/** Made by {@link markup} alone, or {@link trusted}. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(parts: readonly string[], inserts: readonly Insert[]): Markup {
    return new Markup(
      parts.map((part, index) => part + (index < inserts.length ? render(inserts[index]) : '')).join(''),
    );
  }

  toString(): string {
    return this.#text;
  }
}

/** Nothing comes of `false` and `undefined`; lists are put together without anything between. */
export type Insert = string | number | false | undefined | Markup | readonly Insert[];

/** For text and for attributes in quotes. Characters that cannot be seen come out as `\x1b`. */
export function markup(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return Markup.of(parts, inserts);
}

/** What this program brings along, such as a style sheet; nothing that was read. */
export function trusted(text: string): Markup {
  return Markup.of([text], []);
}

function render(insert: Insert): string {
  if (insert === undefined || insert === false) return '';
  if (typeof insert === 'string') return escapeXml(insert);
  if (typeof insert === 'number') return String(insert);
  return insert instanceof Markup ? insert.toString() : insert.map(render).join('');
}
