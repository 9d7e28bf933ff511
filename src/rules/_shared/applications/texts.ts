/** Mentions of applications in comments, and in the document around a config. */
import { mayHoldWord, tellingMentions } from '../../../facts/applications/names.ts';
import { readApplication, type ToldApplication } from '../../../facts/applications/told.ts';
import type { ConfigFile } from '../../../syntax/tree.ts';
import { outerFileOf, type OuterText, type Place, type SourceFile } from '../../../text/source.ts';

/** A comment that names applications, or that says which one it is. */
export interface Mention {
  readonly place: Place;
  readonly ids: readonly string[];
  /** What `proxylint-application:` says; a string says what is wrong with it. */
  readonly told: ToldApplication | string | undefined;
}

const markerWord = 'proxylint-application:';
const marker = /^\s*proxylint-application:(.*)$/s;
const mentionsByFile = new WeakMap<ConfigFile, readonly Mention[]>();

/** In the order of the text. */
export function mentionsIn(file: ConfigFile): readonly Mention[] {
  let mentions = mentionsByFile.get(file);
  if (!mentions) mentionsByFile.set(file, (mentions = findMentions(file)));
  return mentions;
}

function findMentions({ comments, source }: ConfigFile): Mention[] {
  const found: Mention[] = [];
  // There may be a comment a virtual host, and hardly one names an application.
  for (const { start, end, text } of comments) {
    const written = text.includes(markerWord) ? marker.exec(text)?.[1] : undefined;
    if (written === undefined && !mayHoldWord(text)) continue;
    const ids = written === undefined ? tellingMentions(text.slice(0, maxComment)) : [];
    if (written === undefined && ids.length === 0) continue;
    const told = written === undefined ? undefined : readApplication(written);
    found.push({ place: { file: source, start, end }, ids, told });
  }
  return found;
}

const maxComment = 300;

/** What a document says about one of its blocks. */
export interface DocumentMention {
  /** The heading that names one application and stands nearest above, else the title, else the only one that is named at all. */
  readonly id: string | undefined;
  readonly text: string;
  readonly isHeading: boolean;
}

interface Heading {
  readonly start: number;
  readonly text: string;
  readonly ids: readonly string[];
}

interface Outline {
  readonly headings: readonly Heading[];
  /** Undefined: none, or several. */
  readonly only: string | undefined;
}

const outlines = new WeakMap<SourceFile, Outline>();

export function documentMention({ outer }: SourceFile): DocumentMention | undefined {
  if (outer?.kind !== 'document') return undefined;
  const { headings, only } = outlineOf(outer);
  const above = headings.findLast(({ start, ids }) => start < outer.offset && ids.length > 0);
  if (above)
    return {
      id: above.ids.length === 1 ? above.ids[0] : undefined,
      text: `the heading "${above.text}"`,
      isHeading: true,
    };
  return { id: only, text: 'the document around it', isHeading: false };
}

function outlineOf(outer: OuterText): Outline {
  const document = outerFileOf(outer);
  let outline = outlines.get(document);
  if (!outline) outlines.set(document, (outline = readOutline(outer.text)));
  return outline;
}

const marked = /^[ \t]{0,3}(?:#{1,6}|={1,6})[ \t]/;
const underline = /^(?:={3,}|-{3,}|~{3,})$/;
const maxHeading = 120;
const maxDocument = 300_000;

function readOutline(text: string): Outline {
  const headings: Heading[] = [];
  const add = (start: number, line: string): void => {
    if (line.length <= maxHeading) headings.push({ start, text: line, ids: tellingMentions(line) });
  };
  const first = /^\s*(\S[^\n]*)/.exec(text);
  if (first) add(first.index, first[1]!.trim());
  const lines = withoutBlocks(text).split('\n');
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const title = headingIn(line, lines[index + 1]);
    if (title !== undefined && title !== '') add(start, title);
    start += line.length + 1;
  }
  const all = tellingMentions(text.slice(0, maxDocument));
  return { headings, only: all.length === 1 ? all[0] : undefined };
}

function headingIn(line: string, next: string | undefined): string | undefined {
  if (line.length > maxHeading) return undefined;
  const text = line.trim();
  if (marked.test(line)) return text.replace(/^[#=]{1,6}/, '').trim();
  if (text.startsWith('title:')) return text.slice('title:'.length).trim();
  return next !== undefined && next.length < maxHeading && underline.test(next.trim()) && line.startsWith(text)
    ? text
    : undefined;
}

/** Spaces in place of what stands between fences: comments there look like headings. */
function withoutBlocks(text: string): string {
  let isInside = false;
  return text
    .split('\n')
    .map((line) => {
      const isFence = fenceLine.test(line);
      if (isFence) isInside = !isInside;
      return isInside || isFence ? ' '.repeat(line.length) : line;
    })
    .join('\n');
}

const fenceLine = /^[ \t>]*(?:`{3,}|~{3,})/;

/** `<!-- proxylint-application: jatos -->` on the lines in front of the fence. */
export function toldBeforeFence({ outer }: SourceFile): Mention | undefined {
  if (outer?.kind !== 'document') return undefined;
  const { text, offset } = outer;
  let end = offset;
  for (let lines = 0; lines < 4 && end > 0; lines++) {
    const start = text.lastIndexOf('\n', end - 2) + 1;
    const line = text.slice(start, end).trimEnd();
    end = start;
    const open = line.indexOf('<!--');
    const body = open !== -1 && line.endsWith('-->') ? line.slice(open + '<!--'.length, -'-->'.length).trim() : '';
    if (body.startsWith(markerWord)) {
      const place = { file: outerFileOf(outer), start: start + open, end: start + line.length };
      return { place, ids: [], told: readApplication(body.slice(markerWord.length)) };
    }
    if (line !== '' && !fenceLine.test(line) && !line.startsWith('<!--')) return undefined;
  }
  return undefined;
}
