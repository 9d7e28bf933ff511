/** Headers in the order sent, as an `apr_table_t`: names compare without case, a name may occur more than once. */
import type { TracedHeader } from '../../../model/trace.ts';

export class HeaderTable {
  #entries: TracedHeader[];

  constructor(entries: readonly TracedHeader[] = []) {
    this.#entries = [...entries];
  }

  get entries(): readonly TracedHeader[] {
    return this.#entries;
  }

  /** The first of that name. */
  get(name: string): TracedHeader | undefined {
    return this.#entries.find((entry) => sameName(entry, name));
  }

  all(name: string): readonly TracedHeader[] {
    return this.#entries.filter((entry) => sameName(entry, name));
  }

  add(header: TracedHeader): void {
    this.#entries.push(header);
  }

  /** Replaces all of the name, at the place of the first. */
  set(header: TracedHeader): void {
    const at = this.#entries.findIndex((entry) => sameName(entry, header.name));
    if (at === -1) {
      this.add(header);
      return;
    }
    const { name } = this.#entries[at]!;
    this.#entries[at] = { ...header, name };
    this.#entries = this.#entries.filter((entry, index) => index <= at || !sameName(entry, name));
  }

  /** Appends to the first of the name, after a comma. */
  merge(header: TracedHeader): void {
    const at = this.#entries.findIndex((entry) => sameName(entry, header.name));
    if (at === -1) {
      this.add(header);
      return;
    }
    const { name, value } = this.#entries[at]!;
    const joined = value === undefined || header.value === undefined ? undefined : `${value}, ${header.value}`;
    this.#entries[at] = { name, value: joined, origin: header.origin };
  }

  unset(name: string): void {
    this.#entries = this.#entries.filter((entry) => !sameName(entry, name));
  }

  clear(): void {
    this.#entries = [];
  }

  replace(name: string, change: (header: TracedHeader) => TracedHeader): void {
    this.#entries = this.#entries.map((entry) => (sameName(entry, name) ? change(entry) : entry));
  }

  copy(): HeaderTable {
    return new HeaderTable(this.#entries);
  }
}

function sameName(entry: TracedHeader, name: string): boolean {
  return entry.name.toLowerCase() === name.toLowerCase();
}
