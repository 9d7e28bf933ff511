/** A line with the end of a here-document is short. */
const longest = 400;

/** Where lines stand that hold nothing but a word: the ends of here-documents. */
export class LinesByText {
  readonly #starts = new Map<string, { readonly start: number; readonly lead: string }[]>();

  constructor(text: string) {
    for (let at = 0; at < text.length;) {
      const lineEnd = text.indexOf('\n', at);
      const end = lineEnd === -1 ? text.length : lineEnd;
      const word = end - at > longest ? '' : text.slice(at, end).trim();
      if (/^\w[\w.-]*$/.test(word)) {
        const place = { start: at, lead: text.slice(at, text.indexOf(word, at)) };
        const same = this.#starts.get(word);
        if (same) same.push(place);
        else this.#starts.set(word, [place]);
      }
      at = end + 1;
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
