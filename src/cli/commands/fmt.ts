/** `proxylint fmt [paths...]`: lays out configs. */
import type { ChangedFile } from '../../fix/passes.ts';
import { holderOf } from '../../lint/embedded/holders.ts';
import { formatText, type FormatFault } from '../../format/format-text.ts';
import type { LineRange } from '../../format/ranges.ts';
import { plural } from '../../formatters/plural.ts';
import { SourceFile } from '../../text/source.ts';
import { isComposeFile } from '../../topology/compose-names.ts';
import { diffOf } from '../lint/unified-diff.ts';
import { collectInputs, type Input, type Inputs } from '../files/find-inputs.ts';
import { refuseUnknown } from '../lint/lint-inputs.ts';
import { NamedPaths } from '../files/named-paths.ts';
import { lintDefaults, type FmtCommandOptions } from '../options.ts';
import { deliver, tell } from '../output.ts';
import { Project } from '../project/project.ts';
import { tryToReplace } from '../files/replace-file.ts';
import { UsageError } from '../usage-error.ts';
import { WriteGate } from '../lint/write-gate.ts';

/**
 * The exit status: 0; 1 if `--check` or `--diff` found something to change; 2 if a file could not be laid out or written. Throws `UsageError`
 * and `ConfigError`.
 */
export async function fmtCommand(paths: readonly string[], options: FmtCommandOptions): Promise<number> {
  const range = options.range === undefined ? undefined : parseRange(options.range);
  const inputs = await collectInputs(paths, options);
  if (range && inputs.inputs.length !== 1) throw new UsageError('--range: it is meant for one file');
  tell(...inputs.unread.map(({ message }) => message));
  const result = await formatInputs(inputs, options, range);
  refuseUnknown({ ...result, files: result.known, notLinted: inputs.unread.length }, options.ignoreUnknown === true);
  const isComplete = inputs.unread.length === 0 && result.failed === 0;
  if (options.check || options.diff) {
    await show(result, options);
    if (!isComplete) return 2;
    return result.changed.length > 0 ? 1 : 0;
  }
  return write(paths, inputs, result, options) && isComplete ? 0 : 2;
}

interface Result {
  readonly changed: readonly ChangedFile[];
  readonly unknown: readonly Input[];
  readonly ignored: number;
  /** In how many files there is a config. */
  readonly known: number;
  /** How many files stay as they are, each told. */
  readonly failed: number;
}

async function formatInputs(
  { inputs }: Inputs,
  { type, ...options }: FmtCommandOptions,
  range: LineRange | undefined,
): Promise<Result> {
  const project = new Project({ ...lintDefaults, ...options });
  const changed: ChangedFile[] = [];
  const unknown: Input[] = [];
  const counts = { ignored: 0, known: 0, failed: 0 };
  for (const input of inputs) {
    const { path, text: before } = input;
    const settings = isComposeFile(path) ? undefined : await project.settingsFor(path);
    if (!settings) {
      counts.ignored++;
      continue;
    }
    const { text, configs, faults } = await formatText(path, before, {
      options: settings.format,
      dialect: type,
      range,
    });
    if (configs === 0 && holderOf(path, before)) {
      counts.ignored++;
      if (input.named) tell(`${path}: left as it is: fmt lays out no configs inside files of other languages`);
    } else if (configs === 0) unknown.push(input);
    else counts.known++;
    const isRefused = tellFaults(path, configs > 0 && before.includes('\uFFFD') ? [notUtf8] : faults);
    if (isRefused) counts.failed++;
    else if (text !== before) changed.push({ path, before, text });
  }
  return { ...counts, changed, unknown };
}

/** Decoding replaced its bytes. */
const notUtf8: FormatFault = {
  line: 1,
  column: 1,
  message: 'It holds bytes that are no UTF-8, or the sign that stands for such bytes.',
  isInDocument: false,
};

/** What a document shows need not be whole. @returns whether the file stays as it is for one of them */
function tellFaults(path: string, faults: readonly FormatFault[]): boolean {
  tell(...faults.map(({ line, column, message }) => `${path}:${line}:${column}: left as it is: ${message}`));
  return faults.some(({ isInDocument }) => !isInDocument);
}

async function show({ changed, known }: Result, options: FmtCommandOptions): Promise<void> {
  const list = options.diff ? await diffOf(changed, options) : changed.map(({ path }) => `${path}\n`).join('');
  deliver(list, options.outputFile);
  tell(`${plural(changed.length, 'file')} of ${known} would be formatted`);
}

/** False if a file could not be written. */
function write(paths: readonly string[], { inputs }: Inputs, result: Result, options: FmtCommandOptions): boolean {
  const stdin = inputs.find((input) => input.isStdin);
  const gate = new WriteGate(new NamedPaths(paths, inputs), stdin, 'formatted');
  const files = result.changed.filter(({ path }) => path !== stdin?.path);
  const mayWrite = files.filter(({ path, before }) => gate.mayEdit(new SourceFile(path, before)));
  gate.tell();
  const written = mayWrite.filter((file) => tryToReplace(file, 'formatted'));
  if (stdin && result.failed === 0)
    deliver(result.changed.find(({ path }) => path === stdin.path)?.text ?? stdin.text, options.outputFile);
  else if (!stdin) tell(`${plural(written.length, 'file')} of ${result.known} formatted`);
  return !gate.failed && written.length === mayWrite.length;
}

/** `12:40` and its like. */
function parseRange(text: string): LineRange {
  const [, start, end] = /^(\d+):(\d+)$/.exec(text) ?? [];
  const range = { start: Number(start), end: Number(end) };
  if (start === undefined || range.start < 1 || range.end < range.start)
    throw new UsageError(`--range ${text}: expected START:END, two lines counted from 1, as in 12:40`);
  return range;
}
