/** What must hold for any input whatever. */
import { selectRules } from '../../src/config/active-rules.ts';
import type { Finding } from '../../src/rules/finding.ts';
import { formats, loadFormatter } from '../../src/formatters/index.ts';
import { sortFindings } from '../../src/formatters/report.ts';
import type { Place, SourceFile } from '../../src/text/source.ts';
import { findConfigs } from '../../src/lint/read.ts';
import { lintSource, type LintResult } from '../../src/lint/lint-source.ts';
import type { ActiveRule } from '../../src/lint/plan.ts';
import { rules } from '../../src/rules/index.gen.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import type { FuzzCase } from './case.ts';
import { checkFixes } from './check-fixes.ts';
import { checkTraces } from './check-traces.ts';
import { FuzzFailure } from './failure.ts';

/** It has a limit of time of its own, by which two runs may differ. */
const timed = 'regex-redos';
const every = selectRules(rules, {
  settings: [
    Object.fromEntries(rules.map(({ id, meta }) => [id, { severity: 'default', options: meta.pedanticOptions ?? {} }])),
  ],
  skip: [timed],
});
const knownRules = new Set(rules.map(({ id }) => id));
Object.freeze(every);

/** Lints, prints, traces and fixes; throws what the program throws, and {@link FuzzFailure}. */
export async function checkCase(input: FuzzCase, { twice = false }: { readonly twice?: boolean } = {}): Promise<void> {
  const result = await lintCase(input, every);
  // A rule that throws is a notice for users; here it is a fault.
  for (const { message, stack } of result.failures) throw new FuzzFailure('failure', stack ?? message);
  for (const finding of result.findings) checkFinding(finding);
  for (const place of result.problems) checkPlace(place, 'a problem of the parser');
  const printed = await print(result);
  if (twice && printed !== (await print(await lintCase(input, every))))
    throw new FuzzFailure('nondeterministic', 'a second run prints something else');
  if (input.requests) await checkTraces(input);
  if (input.fix) await checkFixes(input, (changed) => lintCase(changed, every));
}

/** All configs that are found in the text, as `lintText` does it, with all rules. */
async function lintCase(input: FuzzCase, active: readonly ActiveRule[]): Promise<LintResult> {
  const { path, text, dialect, files } = input;
  const results: LintResult[] = [];
  const settings = Object.freeze({
    rules: active,
    knownRules,
    targets: Object.freeze({}),
    ...(files && { files: memoryFiles(Object.freeze({ ...files })) }),
  });
  for (const config of await findConfigs(path, text, dialect))
    results.push(await lintSource(Object.freeze(config), settings));
  return {
    findings: sortFindings(results.flatMap(({ findings }) => findings)),
    files: results.flatMap(({ files }) => files),
    partial: results.flatMap(({ partial }) => partial),
    problems: results.flatMap(({ problems }) => problems),
    refusals: results.flatMap(({ refusals }) => refusals),
    suppressed: results.reduce((sum, { suppressed }) => sum + suppressed, 0),
    failures: results.flatMap(({ failures }) => failures),
    notices: results.flatMap(({ notices }) => notices),
    linted: results.every(({ linted }) => linted),
  };
}

async function print({ findings, files, partial, suppressed, notices }: LintResult): Promise<string> {
  const report = Object.freeze({
    version: '0',
    findings,
    files: files.length,
    suppressed,
    partial,
    notices,
    rules: [],
  });
  const texts: string[] = [];
  for (const format of formats) texts.push(await (await loadFormatter(format))(report, { color: format === 'pretty' }));
  JSON.parse(texts[formats.indexOf('json')]!);
  JSON.parse(texts[formats.indexOf('sarif')]!);
  return texts.join('\0');
}

function checkFinding({ rule, message, place, related, fix }: Finding): void {
  checkPlace(place, rule);
  for (const other of related) checkPlace(other.place, `${rule}, related`);
  for (const edit of fix?.edits ?? []) checkPlace(edit.place, `${rule}, edit`);
  const left = /\{\{\w+\}\}/.exec(message);
  if (left && !place.file.text.includes(left[0]))
    throw new FuzzFailure('message', `${rule}: "${message}" has a gap that was not filled`);
}

function checkPlace({ file, start, end }: Place, what: string): void {
  const isInside =
    Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= lengthOf(file);
  if (!isInside)
    throw new FuzzFailure('place', `${what}: from ${start} to ${end} in ${file.path} of ${lengthOf(file)} characters`);
}

function lengthOf({ text }: SourceFile): number {
  return text.length;
}
