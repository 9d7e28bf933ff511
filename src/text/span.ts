/** A half-open range of UTF-16 offsets into a text, mostly that of one `SourceFile`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
