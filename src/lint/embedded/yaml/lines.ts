/**
 * Reads what is YAML only after a template engine has filled it in, line by line: keys, lists and scalars by their indentation. Lines that
 * hold nothing but a tag count where they stand, whatever their indentation is.
 */
import type { MappedText } from '../../../text/mapped-text.ts';
import type { YamlEntry, YamlNode, YamlScalar } from './nodes.ts';
import { alignedContent, dedented } from './scalars.ts';

interface OpenMap {
  readonly kind: 'map';
  readonly entries: { key: string; value: YamlNode | undefined }[];
}

interface OpenList {
  readonly kind: 'list';
  readonly items: (YamlNode | undefined)[];
}

interface Level {
  readonly indent: number;
  readonly node: OpenMap | OpenList;
}

/** Whether a file is written for an engine that puts whole lines in. */
export function hasTagLines(text: string): boolean {
  return /^[ \t]{0,80}(?:\{\{|\{%)/m.test(text);
}

export function readLines(base: MappedText): readonly (YamlNode | undefined)[] {
  return new LineReader(base).documents();
}

/** Something deeper is no config of anybody. */
const maxDepth = 60;

class LineReader {
  readonly #base: MappedText;
  readonly #text: string;
  readonly #documents: YamlNode[] = [];
  #levels: Level[] = [];
  #at = 0;

  constructor(base: MappedText) {
    this.#base = base;
    this.#text = base.text;
  }

  documents(): readonly YamlNode[] {
    while (this.#at < this.#text.length) {
      const start = this.#at;
      const end = this.#lineEnd(start);
      this.#at = end + 1;
      const trimmed = this.#text.slice(start, end).trim();
      if (/^---(?:\s|$)/.test(trimmed)) this.#levels = [];
      else if (trimmed !== '' && !trimmed.startsWith('#') && !isTagLine(trimmed)) this.#line(start, end);
    }
    return this.#documents;
  }

  #lineEnd(start: number): number {
    const end = this.#text.indexOf('\n', start);
    return end === -1 ? this.#text.length : end;
  }

  #line(start: number, end: number): void {
    let at = this.#skipBlanks(start, end);
    while (this.#text[at] === '-' && /[ \t\r]/.test(this.#text[at + 1] ?? ' ') && at < end) {
      this.#openList(at - start);
      at = this.#skipBlanks(at + 1, end);
    }
    const colon = colonIn(this.#text, at, end);
    if (colon === undefined) {
      const list = this.#levels.at(-1)?.node;
      if (list?.kind === 'list' && at < end) list.items.push(this.#value(at, end, at - start - 1));
      return;
    }
    const entries = this.#openMap(at - start);
    if (!entries) return;
    const key = this.#text.slice(at, colon).trim();
    const isQuoted = key.length > 1 && /^["']/.test(key) && key.endsWith(key[0]!);
    const name = isQuoted ? key.slice(1, -1) : key;
    const from = this.#skipBlanks(colon + 1, end);
    entries.push({ key: name, value: this.#value(from, end, at - start) });
  }

  #skipBlanks(start: number, end: number): number {
    let at = start;
    while (at < end && /[ \t\uFEFF]/.test(this.#text[at]!)) at++;
    return at;
  }

  #openList(indent: number): void {
    while (this.#levels.length > 0 && this.#levels.at(-1)!.indent > indent) this.#levels.pop();
    const top = this.#levels.at(-1);
    if (top?.node.kind === 'list' && top.indent === indent) return;
    this.#open(indent, { kind: 'list', items: [] });
  }

  #openMap(indent: number): YamlEntry[] | undefined {
    for (let top = this.#levels.at(-1); top; top = this.#levels.at(-1)) {
      if (top.indent < indent || (top.indent === indent && top.node.kind === 'map')) break;
      this.#levels.pop();
    }
    const top = this.#levels.at(-1);
    if (top?.node.kind === 'map' && top.indent === indent) return top.node.entries;
    const map: OpenMap = { kind: 'map', entries: [] };
    return this.#open(indent, map) ? map.entries : undefined;
  }

  #open(indent: number, node: OpenMap | OpenList): boolean {
    if (this.#levels.length >= maxDepth) return false;
    const parent = this.#levels.at(-1)?.node;
    if (!parent) this.#documents.push(node);
    else if (parent.kind === 'list') parent.items.push(node);
    else if (parent.entries.length > 0 && parent.entries.at(-1)!.value === undefined)
      parent.entries.at(-1)!.value = node;
    this.#levels.push({ indent, node });
    return true;
  }

  /** @param indent of the key: the lines of its block are indented further */
  #value(start: number, end: number, indent: number): YamlScalar | undefined {
    const written = this.#text.slice(start, end).trimEnd();
    // An anchor and a tag may stand in front, and a comment behind.
    const words = written.slice(0, 400).split(/[ \t]+/);
    const header = words.find((word) => !/^[&!]/.test(word)) ?? '';
    if (/^[|>][-+1-9]{0,2}$/.test(header))
      return this.#block(indent, /[1-9]/.exec(header)?.[0], header.startsWith('>'));
    if (written === '' || /^[&!#[]/.test(written)) return undefined;
    return this.#oneLine(start, written);
  }

  #oneLine(start: number, written: string): YamlScalar | undefined {
    const quote = /^["']/.exec(written)?.[0];
    if (!quote) {
      const value = written.replace(/[ \t]#.*/, '').trimEnd();
      return this.#scalar(value, false, () => this.#base.slice(start, start + value.length));
    }
    if (written.length < 2 || !written.endsWith(quote)) return undefined;
    const inside = written.slice(1, -1);
    const value = quote === "'" ? inside.replaceAll("''", "'") : unescaped(inside);
    if (value === undefined) return undefined;
    const style = quote === "'" ? 'single' : 'double';
    return this.#scalar(value, false, () =>
      alignedContent(this.#base, start + 1, start + written.length - 1, value, style),
    );
  }

  #block(indent: number, indicator: string | undefined, isFolded: boolean): YamlScalar | undefined {
    const start = this.#at;
    let last = start;
    let own: number | undefined = indicator === undefined ? undefined : indent + Number(indicator);
    for (let at = start; at < this.#text.length;) {
      const end = this.#lineEnd(at);
      const first = this.#skipBlanks(at, end);
      const trimmed = this.#text.slice(first, end).trim();
      const isTag = isTagLine(trimmed);
      if (trimmed !== '' && !(isTag && first - at <= indent)) {
        if (first - at <= indent) break;
        if (!isTag) own ??= first - at;
        last = Math.min(end + 1, this.#text.length);
      }
      at = end + 1;
    }
    this.#at = last;
    if (own === undefined) return undefined;
    const depth = own;
    const content = (): MappedText => dedented(this.#base, start, last, depth);
    return this.#scalar(this.#text.slice(start, last), !isFolded, content);
  }

  #scalar(value: string, isLiteral: boolean, content: () => MappedText): YamlScalar {
    return { kind: 'scalar', value, isLiteral, content };
  }
}

function isTagLine(trimmed: string): boolean {
  return /^(?:\{\{.*\}\}|\{%.*%\}|\{#.*#\})$/.test(trimmed);
}

function unescaped(inside: string): string | undefined {
  try {
    return String(JSON.parse(`"${inside}"`));
  } catch {
    return undefined;
  }
}

/** Where the colon behind a key stands. */
function colonIn(text: string, start: number, end: number): number | undefined {
  const quote = text[start];
  let at = start;
  if (quote === '"' || quote === "'") {
    at = text.indexOf(quote, start + 1);
    if (at === -1 || at >= end) return undefined;
  }
  for (let colon = text.indexOf(':', at); colon !== -1 && colon < end; colon = text.indexOf(':', colon + 1))
    if (colon + 1 >= end || /[ \t\r]/.test(text[colon + 1]!)) return colon;
  return undefined;
}
