/** `--baseline FILE`: findings that are known stay silent, so that only new ones fail. */
import { existsSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { checkShape } from '../../config/check-shape.ts';
import { escapeJson } from '../../formatters/escape.ts';
import { fingerprint } from '../../formatters/fingerprint.ts';
import { plural } from '../../formatters/plural.ts';
import { locate, nameOf, type Report } from '../../formatters/report.ts';
import type { Finding } from '../../rules/finding.ts';
import { compareText } from '../../text/paths.ts';
import { reasonOf } from '../files/read-found.ts';
import type { LintCommandOptions } from '../options.ts';
import { tell } from '../output.ts';
import { readJson } from '../files/read-json.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from '../files/write-whole.ts';

interface Entry {
  readonly rule: string;
  /** For people: it may be worded otherwise by now. */
  readonly message: string;
  readonly fingerprint: string;
}

interface BaselineFile {
  readonly baselineVersion: 1;
  /** By path as seen from the directory of the baseline, with slashes. */
  readonly files: Readonly<Record<string, readonly Entry[]>>;
}

const text = { type: 'string' };
const schema = {
  type: 'object',
  required: ['baselineVersion', 'files'],
  properties: {
    baselineVersion: { const: 1 },
    files: {
      type: 'object',
      additionalProperties: {
        type: 'array',
        items: {
          type: 'object',
          required: ['rule', 'message', 'fingerprint'],
          properties: { rule: text, message: text, fingerprint: text },
        },
      },
    },
  },
};

export class Baseline {
  readonly #path: string;
  readonly #entries: ReadonlyMap<string, readonly Entry[]>;
  readonly #isUpdated: boolean;
  /** False: rules that ran before do not, so that what is not found need not be gone. */
  readonly #isWhole: boolean;

  /** Throws {@link UsageError} for options that do not go together, and for a file that is no baseline. */
  constructor(path: string, options: LintCommandOptions) {
    this.#path = path;
    this.#isUpdated = options.updateBaseline === true;
    const narrowing = narrowingOption(options);
    this.#isWhole = narrowing === undefined;
    if (this.#isUpdated && narrowing !== undefined)
      throw new UsageError(`--update-baseline: with ${narrowing} it would lose what is not looked for`);
    if (!existsSync(path)) {
      if (!this.#isUpdated) throw new UsageError(`--baseline ${path}: no such file; --update-baseline writes it`);
      this.#entries = new Map();
      return;
    }
    const value = readJson(path, 'expected what --update-baseline wrote');
    this.#entries = new Map(Object.entries(checkShape<BaselineFile>(path, schema, value).files));
  }

  /** The report without what is known. Writes the file anew where that is asked for; throws {@link UsageError}. */
  apply(report: Report): Report {
    const found = this.#entriesOf(report.findings);
    const known = new Set([...this.#entries.values()].flat().map((entry) => entry.fingerprint));
    // It is made of the file, too.
    const isKnown = ({ entry }: Found): boolean => known.has(entry.fingerprint);
    const gone = this.#isWhole && isComplete(report) ? this.#gone(found, report) : 0;
    if (this.#isUpdated) {
      this.#update(found, report, gone);
      return { ...report, findings: [], baseline: { path: this.#path, known: found.length, gone: 0 } };
    }
    const fresh = found.filter((each) => !isKnown(each)).map(({ finding }) => finding);
    return { ...report, findings: fresh, baseline: { path: this.#path, known: found.length - fresh.length, gone } };
  }

  #entriesOf(findings: readonly Finding[]): Found[] {
    const seen = new Map<string, number>();
    return findings.map((finding) => {
      const file = this.#nameOf(locate(finding.place).file);
      const { rule, message } = finding;
      return { finding, file, entry: { rule, message, fingerprint: fingerprint(finding, seen, file) } };
    });
  }

  #nameOf(path: string): string {
    return relative(dirname(resolve(this.#path)), resolve(path)).replaceAll('\\', '/');
  }

  /** How many entries of the files that were linted are not found any more. */
  #gone(found: readonly Found[], { sources = [] }: Report): number {
    const prints = new Set(found.map(({ entry }) => entry.fingerprint));
    const entries = sources.flatMap((source) => this.#entries.get(this.#nameOf(nameOf(source))) ?? []);
    return entries.filter((entry) => !prints.has(entry.fingerprint)).length;
  }

  #update(found: readonly Found[], report: Report, gone: number): void {
    if (!isComplete(report))
      throw new UsageError('--update-baseline: not all could be checked, so that it is left as it is');
    const linted = new Set((report.sources ?? []).map((source) => this.#nameOf(nameOf(source))));
    const files = new Map([...this.#entries].filter(([name]) => !linted.has(name) && this.#isThere(name)));
    for (const { file, entry } of found) files.set(file, [...(files.get(file) ?? []), entry]);
    const sorted = [...files].sort(([a], [b]) => compareText(a, b));
    const content: BaselineFile = { baselineVersion: 1, files: Object.fromEntries(sorted) };
    this.#write(`${escapeJson(JSON.stringify(content, null, 2))}\n`);
    const left = gone > 0 ? `, ${gone} gone` : '';
    tell(`${this.#path}: ${plural(found.length, 'finding')} of ${plural(report.files, 'file')} written${left}`);
  }

  #write(text: string): void {
    try {
      writeWhole(this.#path, text);
    } catch (error) {
      throw new UsageError(`--update-baseline: ${this.#path}: ${reasonOf(error)}`, { cause: error });
    }
  }

  #isThere(name: string): boolean {
    return existsSync(resolve(dirname(resolve(this.#path)), name));
  }
}

interface Found {
  readonly finding: Finding;
  readonly file: string;
  readonly entry: Entry;
}

function isComplete({ failures = [], notLinted = 0 }: Report): boolean {
  return failures.length === 0 && notLinted === 0;
}

function narrowingOption(options: LintCommandOptions): string | undefined {
  const { only, skip, minConfidence, quiet, shard, diffBase } = options;
  if (only.length > 0) return '--only';
  if (skip.length > 0) return '--skip';
  if (minConfidence !== undefined) return '--min-confidence';
  if (quiet) return '--quiet';
  if (shard !== undefined) return '--shard';
  return diffBase === undefined ? undefined : '--diff-base';
}
