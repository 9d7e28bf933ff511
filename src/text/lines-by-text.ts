/** Where lines stand that hold nothing but a word: the ends of here-documents. */
export class LinesByText {
  readonly #starts = new Map<string, { readonly start: number; readonly lead: string }[]>();

  constructor(text: string) {
    for (const { 1: lead, 2: line, index } of text.matchAll(/(?<=^|\n)([ \t]*)(\w[\w.-]*)[ \t]*\r?(?=\n|$)/g)) {
      const place = { start: index, lead: lead! };
      const same = this.#starts.get(line!);
      if (same) same.push(place);
      else this.#starts.set(line!, [place]);
    }
    for (const starts of this.#starts.values()) starts.reverse();
  }

  /**
   * The first from the offset on. Asked for ever later ones, as each line is passed once then.
   * @param isEnd whether a line that begins so is meant
   */
  next(line: string, offset: number, isEnd: (lead: string) => boolean): number | undefined {
    const places = this.#starts.get(line) ?? [];
    let place = places.at(-1);
    while (place !== undefined && (place.start < offset || !isEnd(place.lead))) {
      places.pop();
      place = places.at(-1);
    }
    return place?.start;
  }
}
