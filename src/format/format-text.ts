/** Formats one text: a config, or a document with configs in it. No file system and no process. */
import { findConfigs, type FoundConfig } from '../lint/read.ts';
import { loadParser } from '../servers/index.ts';
import type { ConfigFile, Dialect, Parse } from '../syntax/tree.ts';
import { outerFileOf, SourceFile, type Position, type Span } from '../text/source.ts';
import { faultOf } from './faults.ts';
import { layOut, type Gap } from './layout.ts';
import { formatDefaults, mistakesIn, type FormatOptions } from './options.ts';
import { overlaps, spanOfLines, spansSwitchedOff, type LineRange } from './ranges.ts';
import { differenceOf } from './same-tree.ts';

export interface FormatSettings {
  readonly options?: FormatOptions | undefined;
  /** Skips detection. */
  readonly dialect?: Dialect | undefined;
  /** Only directives, braces and comments that reach into these lines are laid out. */
  readonly range?: LineRange | undefined;
}

/** Replaces a span of the text. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Why a config stays as it is. */
export interface FormatFault extends Position {
  /** A full sentence. */
  readonly message: string;
  /** It is a piece of a document, which shows what it likes. */
  readonly isInDocument: boolean;
}

export interface Formatted {
  readonly text: string;
  /** In the order of the text; they make the text above of the one that was given. */
  readonly edits: readonly TextEdit[];
  /** Configs of the text that stay as they are. */
  readonly faults: readonly FormatFault[];
  /** How many configs there are in the text; 0: it is none. */
  readonly configs: number;
}

/** Throws a `RangeError` for options that do not exist. */
export async function formatText(path: string, text: string, settings: FormatSettings = {}): Promise<Formatted> {
  const { options = {}, dialect, range } = settings;
  const mistakes = mistakesIn(options);
  if (mistakes.length > 0) throw new RangeError(mistakes.join('\n'));
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const wished = { ...formatDefaults, ...Object.fromEntries(given) } as Required<FormatOptions>;
  const all = await findConfigs(path, text, dialect);
  // The layout of a file in another language is that of its own tools.
  const found = all.filter(({ source }) => source.outer?.kind !== 'embedded');
  const edits: TextEdit[] = [];
  const faults: FormatFault[] = [];
  for (const config of found) {
    const result = await formatConfig(config, wished, range);
    if ('message' in result) faults.push(result);
    else edits.push(...result.edits);
  }
  return { text: applied(text, edits), edits, faults, configs: found.length };
}

async function formatConfig(
  { source, dialect }: FoundConfig,
  options: Required<FormatOptions>,
  range: LineRange | undefined,
): Promise<{ readonly edits: readonly TextEdit[] } | FormatFault> {
  const parse = await loadParser(dialect);
  const file = parse(source);
  const fault = faultOf(file);
  if (fault) return placed(source, fault.start, fault.message);
  const edits = wanted(layOut(file, options, baseOf(source)), file, range);
  if (edits.length === 0) return { edits };
  const difference = differenceAfter(file, edits, parse);
  if (difference !== undefined) {
    const message = `Its meaning would change (${difference}): this is a mistake of proxylint, please report it.`;
    return placed(source, edits[0]!.start, message);
  }
  const offset = source.outer?.offset ?? 0;
  return { edits: edits.map(({ start, end, text }) => ({ start: start + offset, end: end + offset, text })) };
}

function placed(source: SourceFile, start: number, message: string): FormatFault {
  const isInDocument = source.outer?.kind === 'document';
  return { ...(source.outerPositionAt(start) ?? source.positionAt(start)), message, isInDocument };
}

function wanted(gaps: readonly Gap[], file: ConfigFile, range: LineRange | undefined): TextEdit[] {
  const { source } = file;
  const off = spansSwitchedOff(file);
  const offset = source.outer?.offset ?? 0;
  const asked = range && spanOfLines(source.outer ? outerFileOf(source.outer) : source, range);
  const own = asked && { start: asked.start - offset, end: asked.end - offset };
  return gaps
    .filter(({ unit }) => (!own || overlaps(unit, own)) && !off.some((span) => overlaps(unit, span)))
    .map(({ start, end, text }) => ({ start, end, text }));
}

/** What every line of a piece of a document begins with. */
function baseOf({ text, outer }: SourceFile): string {
  if (!outer) return '';
  let base: string | undefined;
  for (const line of text.split('\n')) {
    const lead = /^[ \t]*/.exec(line)![0];
    if (line.trim() === '') continue;
    if (base === undefined || base.startsWith(lead)) base = lead;
    while (!lead.startsWith(base)) base = base.slice(0, -1);
  }
  return base ?? '';
}

/** Nothing that the server reads may change, whatever the layout does. */
function differenceAfter(before: ConfigFile, edits: readonly TextEdit[], parse: Parse): string | undefined {
  const { path, text, outer } = before.source;
  const changed = applied(text, edits);
  const file = outer && {
    ...outer,
    text: applied(
      outer.text,
      edits.map((edit) => ({ ...edit, start: edit.start + outer.offset, end: edit.end + outer.offset })),
    ),
  };
  const source = new SourceFile(
    path,
    changed,
    file && { path: file.path, text: file.text, offset: file.offset, kind: file.kind },
  );
  return differenceOf(before, parse(source));
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: replacement } of edits) {
    pieces.push(text.slice(at, start), replacement);
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
