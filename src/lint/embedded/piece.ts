/** What a file in another language holds, and may be a config. */
import type { Level } from '../../syntax/config.ts';
import type { Dialect } from '../../syntax/tree.ts';
import type { MappedText } from '../../text/mapped-text.ts';
import type { Span } from '../../text/span.ts';

export interface Piece {
  /** The text as a server would read it, with its places in the outer file. */
  readonly content: MappedText;
  /** The file that it becomes, or what it is called: says something of the dialect. */
  readonly name?: string | undefined;
  /** Left out: told by the content and the name. */
  readonly dialect?: Dialect | undefined;
  /** What it is a piece of; left out: told by its directives. */
  readonly level?: Level | undefined;
  /** Spans of the content in place of which something else is put. */
  readonly filledIn?: readonly Span[];
  /** Writes a text of the content as the outer file has to have it, but for indentation; left out: it cannot be edited. */
  readonly encode?: ((text: string) => string | undefined) | undefined;
}

/** Finds what a text holds. */
export type Reader = (base: MappedText) => Iterable<Piece>;

/** Pieces of what a piece holds, with what that says of them. */
export function* within(base: Piece, pieces: Iterable<Piece>): Generator<Piece> {
  for (const piece of pieces) {
    const { content, encode, filledIn = [] } = piece;
    const both = (text: string): string | undefined => {
      const inner = encode!(text);
      return inner === undefined ? undefined : base.encode!(inner);
    };
    yield {
      ...piece,
      filledIn: [...filledIn, ...carried(base, content)],
      encode: encode && base.encode ? both : undefined,
    };
  }
}

/** Where the spans of a piece stand in a text that was made of it. */
export function carried(base: Pick<Piece, 'content' | 'filledIn'>, content: MappedText): readonly Span[] {
  return (base.filledIn ?? []).flatMap((span) => {
    const outer = base.content.map.outerSpan(span);
    const start = content.map.innerOffset(outer.start);
    const end = content.map.innerOffset(outer.end);
    return start === undefined || end === undefined || end <= start ? [] : [{ start, end }];
  });
}

/** Where the text needs nothing but its indentation. */
export const asItIs = (text: string): string => text;

/** Whether all that is opened in a text is closed in it: what is written in parts is no mistake. */
export function isBalanced(text: string): boolean {
  const count = (sign: RegExp): number => text.match(sign)?.length ?? 0;
  const tags = text.split('\n').map((line) => line.trimStart());
  const opened = tags.filter((line) => /^<\w/.test(line)).length;
  return count(/\{/g) === count(/\}/g) && opened === tags.filter((line) => line.startsWith('</')).length;
}
