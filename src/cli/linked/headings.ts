/** Headings of documents, by which their blocks are told from each other. */
import type { Found } from './diff-sides.ts';

interface Heading {
  readonly offset: number;
  readonly text: string;
}

export class Headings {
  readonly #byText = new Map<string, readonly Heading[]>();

  /** The last one before a block of a document; empty where there is none. */
  before({ path, config }: Found): string {
    const { outer } = config.file.source;
    if (!outer) return '';
    const key = `${path}\0${outer.text}`;
    let all = this.#byText.get(key);
    if (!all) this.#byText.set(key, (all = headingsIn(outer.text, /\.mdx?$/i.test(path))));
    return all.findLast(({ offset }) => offset < outer.offset)?.text ?? '';
  }
}

/** `isMarkdown`: what stands in fences is no heading there, such as a comment of a shell. */
function headingsIn(text: string, isMarkdown: boolean): readonly Heading[] {
  const found: Heading[] = [];
  let fence: string | undefined;
  let before = '';
  let offset = 0;
  for (const written of text.split('\n')) {
    const line = written.trim();
    const [opener] = isMarkdown ? (/^(?:`{3,}|~{3,})/.exec(line) ?? []) : [];
    if (fence !== undefined) {
      if (opener?.startsWith(fence) && line === opener) fence = undefined;
    } else if (opener !== undefined) fence = opener;
    else if (/^(?:#{1,6}|={1,6}) \S/.test(line)) found.push({ offset, text: line });
    else if (isUnderline(line) && before !== '') found.push({ offset, text: before });
    before = line;
    offset += written.length + 1;
  }
  return found;
}

/** Of reStructuredText: a run of one sign. */
function isUnderline(line: string): boolean {
  return line.length > 2 && '=-~^"\'+*'.includes(line[0]!) && line === line[0]!.repeat(line.length);
}
