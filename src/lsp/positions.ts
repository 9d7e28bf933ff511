/** Between offsets in a text and the positions of the protocol, whose columns are counted in units that client and server agree on. */
import type { Position, PositionEncodingKind, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../text/span.ts';

const utf16 = 'utf-16' satisfies PositionEncodingKind;
const utf8 = 'utf-8' satisfies PositionEncodingKind;

export class Positions {
  readonly encoding: PositionEncodingKind;

  /** @param offered by the client, the best first; without any, it counts in UTF-16 code units */
  constructor(offered: readonly PositionEncodingKind[] = []) {
    this.encoding = offered.find((each) => each === utf16 || each === utf8) ?? utf16;
  }

  positionAt(document: TextDocument, offset: number): Position {
    const position = document.positionAt(offset);
    if (this.encoding === utf16) return position;
    const start = document.offsetAt({ line: position.line, character: 0 });
    return { line: position.line, character: bytesOf(document.getText().slice(start, start + position.character)) };
  }

  offsetAt(document: TextDocument, position: Position): number {
    return document.offsetAt(this.toUtf16(document, position));
  }

  rangeOf(document: TextDocument, { start, end }: Span): Range {
    return { start: this.positionAt(document, start), end: this.positionAt(document, end) };
  }

  /** The offsets of a range. */
  spanOf(document: TextDocument, { start, end }: Range): Span {
    return { start: this.offsetAt(document, start), end: this.offsetAt(document, end) };
  }

  /** The same position in UTF-16 code units, in which documents count. */
  toUtf16(document: TextDocument, { line, character }: Position): Position {
    if (this.encoding === utf16) return { line, character };
    const start = document.offsetAt({ line, character: 0 });
    const text = document.getText().slice(start, document.offsetAt({ line: line + 1, character: 0 }));
    return { line, character: unitsOf(text, character) };
  }
}

/** The length of a text in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += widthOf(character);
  return bytes;
}

/** How many code units the first bytes of a text take; one in the middle of a character counts as in front of it. */
function unitsOf(text: string, bytes: number): number {
  let units = 0;
  let left = bytes;
  for (const character of text) {
    left -= widthOf(character);
    if (left < 0) break;
    units += character.length;
  }
  return units;
}

function widthOf(character: string): number {
  const code = character.codePointAt(0)!;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
}
