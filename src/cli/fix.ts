/** `--fix`, `--fix-unsafe` and `--fix-dry-run`. */
import { fixRepeatedly, type ChangedFile } from '../fix/passes.ts';
import { escapeControls } from '../formatters/escape.ts';
import { plural } from '../formatters/plural.ts';
import type { Report } from '../formatters/report.ts';
import type { SourceFile } from '../text/source.ts';
import { canonical } from './file-access.ts';
import type { Inputs } from './files.ts';
import { lintInputs, refuseUnknown } from './lint-inputs.ts';
import type { LintCommandOptions } from './options.ts';
import type { Project } from './project.ts';
import { replaceFile } from './replace-file.ts';

export interface FixReport {
  /** What is found in the texts after the fixes. */
  readonly report: Report;
  /** Where the findings belong: standard output may hold a text or a diff. */
  readonly output: 'stdout' | 'stderr' | 'none';
}

/** Writes the fixed files, or the diff; a text from standard input goes to standard output. Throws `UsageError`. */
export async function fixInputs(inputs: Inputs, project: Project, options: LintCommandOptions): Promise<FixReport> {
  const stdin = inputs.inputs.find((input) => input.isStdin);
  const given = new Set(inputs.inputs.map((input) => canonical(input.path)));
  let isFirst = true;
  const { look, files, fixed, refused } = await fixRepeatedly({
    look: async (texts) => {
      const linted = await lintInputs(inputs, project, options.type, texts);
      if (isFirst) refuseUnknown(linted, options.ignoreUnknown === true);
      isFirst = false;
      return linted;
    },
    canonical,
    unsafe: options.fixUnsafe === true,
    mayEdit: ({ path, outer }: SourceFile) =>
      // A dump is the print of files elsewhere. Who pipes a text in does not expect that files change.
      outer?.kind !== 'dump' && (!stdin || given.has(canonical(outer?.path ?? path))),
  });
  for (const { rule, place } of refused) {
    const { line } = place.file.outerPositionAt(place.start) ?? place.file.positionAt(place.start);
    process.stderr.write(
      `proxylint: ${escapeControls(place.file.path)}:${line}: the fix of ${rule} is left out, since the config would not be valid any more\n`,
    );
  }
  const report = { ...look, fixed: { findings: fixed, files: files.length } };
  if (options.fixDryRun) {
    await printDiff(files);
    const left = report.findings.length || 'none';
    process.stderr.write(
      `proxylint: ${plural(fixed, 'finding')} in ${plural(files.length, 'file')} would be fixed, ${left} would remain\n`,
    );
    return { report, output: 'none' };
  }
  for (const file of files) if (file.path !== stdin?.path) replaceFile(file);
  if (stdin) process.stdout.write(files.find(({ path }) => path === stdin.path)?.text ?? stdin.text);
  return { report, output: stdin ? 'stderr' : 'stdout' };
}

async function printDiff(files: readonly ChangedFile[]): Promise<void> {
  const { createTwoFilesPatch } = await import('diff');
  for (const { path, before, text } of files) {
    const name = path.replace(/^\/+/, '');
    const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, text, undefined, undefined, {
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    });
    // A patch must hold the bytes of the file; a terminal must not.
    process.stdout.write(process.stdout.isTTY ? patch.replace(/[^\n\t]+/g, escapeControls) : patch);
  }
}
