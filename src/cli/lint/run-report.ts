/** What the configs of a run give together. */
import type { Finding } from '../../rules/finding.ts';
import { DamageCounter, type Damage } from '../../fix/damage.ts';
import { sortFindings, type Report } from '../../formatters/report.ts';
import { readingFailure, type Failure } from '../../lint/failure.ts';
import type { ConfigOverview } from '../../model/overview.ts';
import type { Notice } from '../../text/budget.ts';
import type { SourceFile } from '../../text/source.ts';
import type { Dialect } from '../../syntax/tree.ts';
import type { LintResult } from '../../lint/lint-source.ts';
import type { Input, Inputs } from '../files/find-inputs.ts';
import { isDebugging, runtime } from '../output.ts';
import type { Project } from '../project/project.ts';
import { canonical } from '../files/real-path.ts';
import { isInShard, type Shard } from './shard.ts';
import { version } from '../version.ts';

export interface InputReport extends Report {
  readonly damage: Damage;
  /** Inputs in which there is no config. */
  readonly unknown: readonly Input[];
  /** How many inputs the config files leave out. */
  readonly ignored: number;
  readonly notLinted: number;
}

/** What the configs of a run give together. */
export class Sum {
  readonly findings: Finding[] = [];
  readonly files = new Map<string, SourceFile>();
  unknown: Input[] = [];
  readonly overviews: ConfigOverview[] = [];
  ignored = 0;
  readonly #partial = new Map<string, SourceFile>();
  readonly #failures: Failure[] = [];
  /** By message: many configs may ask for the same file. */
  readonly #notices = new Map<string, Notice>();
  readonly #counter = new DamageCounter(canonical);
  readonly #shard: Shard | undefined;
  #notLinted: number;
  #suppressed = 0;

  constructor({ unread, notices }: Inputs, shard: Shard | undefined) {
    this.#shard = shard;
    const isOwn = ({ path }: Notice): boolean => isInShard(shard, path);
    this.#note([...unread, ...notices].filter(isOwn));
    this.#notLinted = unread.filter(isOwn).length;
  }

  add(source: SourceFile, result: LintResult): void {
    this.#counter.add(source, result);
    for (const file of result.files) this.files.set(keyOf(file), file);
    for (const file of result.partial) this.#partial.set(keyOf(file), file);
    this.#failures.push(...result.failures);
    this.#note(result.notices);
    if (!result.linted) this.#notLinted++;
    this.#suppressed += result.suppressed;
  }

  addUnreadable(source: SourceFile, error: unknown, type: Dialect | undefined): void {
    this.#failures.push(readingFailure(source, error, type));
    this.files.set(keyOf(source), source);
    this.#partial.set(keyOf(source), source);
    this.#notLinted++;
  }

  /** Counts the inputs without a config that are a mistake among those that were not linted. */
  leaveOut(isMistake: (input: Input) => boolean, why: string): void {
    const mistakes = this.unknown.filter(isMistake);
    this.unknown = this.unknown.filter((input) => !isMistake(input));
    this.#notLinted += mistakes.length;
    this.#note(mistakes.map(({ path }) => ({ kind: 'unusable', path, message: `"${path}" was not linted: ${why}.` })));
  }

  #note(notices: readonly Notice[]): void {
    for (const notice of notices) if (!this.#notices.has(notice.message)) this.#notices.set(notice.message, notice);
  }

  report(project: Project): InputReport {
    return {
      version,
      findings: sortFindings(this.findings),
      files: this.files.size,
      suppressed: this.#suppressed,
      sources: [...this.files.values()],
      ...(this.overviews.length > 0 && { overviews: this.overviews }),
      partial: [...this.#partial.values()],
      rules: project.rules,
      failures: this.#failures,
      notices: [...this.#notices.values()],
      notLinted: this.#notLinted,
      ...(this.#shard && { shard: { ...this.#shard, files: [...this.files.values()] } }),
      configs: project.effects,
      runtime,
      debug: isDebugging(),
      damage: this.#counter.damage,
      unknown: this.unknown,
      ignored: this.ignored,
    };
  }
}

/** The files of a dump are not those of the disk. */
export function keyOf({ path, outer }: SourceFile): string {
  return outer?.kind === 'dump' ? `${outer.path}\0${path}` : canonical(path);
}
