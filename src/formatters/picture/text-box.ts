/** Text in a box of a picture. */
import { escapeControls } from '../escape.ts';
import { columnsOf, wrap } from '../text-width.ts';

export const fontSize = 12;
export const lineHeight = 16;
export const padding = 8;
const characterWidth = 7.3;
/** Longer texts are broken, so that the columns stay narrow. */
const maxColumns = 42;
/** What is longer still is cut. */
const maxLines = 24;

export interface TextBox {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Lines are broken between words where they can be. */
export function textBox(text: string): TextBox {
  const all = text
    .slice(0, maxColumns * maxLines)
    .split('\n')
    .flatMap(broken);
  const isCut = all.length > maxLines || text.length > maxColumns * maxLines;
  const lines = isCut ? [...all.slice(0, maxLines - 1), '…'] : all;
  const columns = Math.max(...lines.map(columnsOf));
  return {
    lines,
    width: Math.ceil(columns * characterWidth + 2 * padding),
    height: lines.length * lineHeight + padding,
  };
}

function broken(text: string): string[] {
  return wrap(escapeControls(text), maxColumns).flatMap((line) => {
    if (columnsOf(line) <= maxColumns) return [line];
    const characters = [...line];
    const pieces = Math.ceil(characters.length / maxColumns);
    return Array.from({ length: pieces }, (_, index) =>
      characters.slice(index * maxColumns, (index + 1) * maxColumns).join(''),
    );
  });
}
