/** `--fix`, `--fix-unsafe` and `--fix-dry-run`. */
import type { Refusal } from '../../fix/passes.ts';
import { plural } from '../../formatters/plural.ts';
import type { Report } from '../../formatters/report.ts';
import { fixInRounds } from '../../lint/fix-rounds.ts';
import type { Timings } from '../../lint/timings.ts';
import type { Inputs } from '../files/find-inputs.ts';
import { lintInputs, refuseUnknown } from './lint-inputs.ts';
import { NamedPaths } from '../files/named-paths.ts';
import { wantsOverviews, type LintCommandOptions } from '../options.ts';
import { print, tell } from '../output.ts';
import { diffOf } from './unified-diff.ts';
import type { Project } from '../project/project.ts';
import { canonical } from '../files/real-path.ts';
import { tryToReplace } from '../files/replace-file.ts';
import { WriteGate } from './write-gate.ts';

export interface FixReport {
  /** What is found in the texts after the fixes. */
  readonly report: Report;
  /** Where the findings belong: standard output may hold a text or a diff. */
  readonly output: 'stdout' | 'stderr' | 'none';
  /** A file could not be written that should have been; standard error says why. */
  readonly failed: boolean;
}

/** Writes the fixed files, or the diff; a text from standard input goes to standard output. Throws `UsageError`. */
export async function fixInputs(
  paths: readonly string[],
  inputs: Inputs,
  project: Project,
  options: LintCommandOptions,
  timings?: Timings,
): Promise<FixReport> {
  const stdin = inputs.inputs.find((input) => input.isStdin);
  const gate = new WriteGate(new NamedPaths(paths, inputs.inputs), stdin);
  let isFirst = true;
  const { look, files, fixed, refused } = await fixInRounds(
    async (round) => {
      const linted = await lintInputs(inputs, project, options.type, round, {
        overviews: wantsOverviews(options),
        timings,
        ignoreUnknown: options.ignoreUnknown === true,
      });
      if (isFirst) refuseUnknown(linted, options.ignoreUnknown === true);
      isFirst = false;
      return linted;
    },
    {
      canonical,
      unsafe: options.fixUnsafe === true,
      mayEdit: (file) => gate.mayEdit(file),
      adjust: (...asked) => project.adjust(...asked),
    },
  );
  gate.tell();
  refused.forEach(tellRefusal);
  const report = { ...look, fixed: { findings: fixed, files: files.length } };
  if (options.fixDryRun) {
    print(await diffOf(files, options.color === undefined ? {} : { color: options.color }));
    const left = report.findings.length || 'none';
    tell(`${plural(fixed, 'finding')} in ${plural(files.length, 'file')} would be fixed, ${left} would remain`);
    return { report, output: 'none', failed: gate.failed };
  }
  const isWritten = files.filter(({ path }) => path !== stdin?.path).map((file) => tryToReplace(file));
  if (stdin) print(files.find(({ path }) => path === stdin.path)?.text ?? stdin.text);
  return { report, output: stdin ? 'stderr' : 'stdout', failed: gate.failed || isWritten.includes(false) };
}

function tellRefusal({ finding, reason }: Refusal): void {
  const { rule, place } = finding;
  const { line } = place.file.outerPositionAt(place.start) ?? place.file.positionAt(place.start);
  const because =
    reason === 'damage' ? 'the config would not be valid any more' : 'it would be applied again and again';
  tell(`${place.file.path}:${line}: the fix of ${rule} is left out, since ${because}`);
}
