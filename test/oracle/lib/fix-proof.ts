/** Plays the fixes of a config: what must hold of each by itself, of the safe ones together, and of all. */
import type { Finding } from '../../../src/rules/finding.ts';
import { applyFixes } from '../../../src/fix/apply.ts';
import { DamageCounter } from '../../../src/fix/damage.ts';
import { fixRepeatedly, type FixOutcome, type Look } from '../../../src/fix/passes.ts';
import type { Config, Level } from '../../../src/syntax/config.ts';
import { refusalRules } from '../../../src/lint/refusals.ts';
import { lintConfig } from '../../../src/lint/run.ts';
import type { ActiveRule } from '../../../src/lint/plan.ts';
import { rules } from '../../../src/rules/index.gen.ts';
import type { Targets } from '../../../src/model/versions.ts';
import { configOf, lint, type Linted } from '../../helpers/lint.ts';
import { answersOf, requestsFor } from './answers.ts';
import type { FixSubject } from './fix-subjects.ts';
import { installedVersion, type Server } from './install.ts';
import { Oracle } from './oracle.ts';
import type { Verdict } from './verdict.ts';

const everyRule = rules.map((rule) => ({ rule }));

/** What is wrong with a fix: `refused` by the server, `changed` again by a second run, and so on. */
export type FaultKind = 'refused' | 'answer' | 'line-ends' | 'indentation' | 'second-run' | 'left-out';

export interface FixFault {
  readonly kind: FaultKind;
  readonly subject: FixSubject;
  /** The rules whose fixes were played. */
  readonly rules: readonly string[];
  readonly detail: string;
  readonly text: string;
}

export interface FixFigures {
  /** Configs that the server accepts. */
  accepted: number;
  /** Others, on which only line ends and the second run are judged. */
  others: number;
  /** Fixes played by themselves on accepted configs, and those of them that are safe. */
  single: number;
  safe: number;
  /** Runs of all safe fixes, or of all, that changed a config. */
  runs: number;
}

export class FixProof {
  readonly figures: FixFigures = { accepted: 0, others: 0, single: 0, safe: 0, runs: 0 };
  readonly faults: FixFault[] = [];
  /** Of the fixes that say they may change the behaviour, by rule: how many were played, and how many changed an answer. */
  readonly unsafe = new Map<string, { played: number; changing: number }>();
  readonly #server: Server;
  readonly #oracle: Oracle;
  readonly #targets: Targets;

  readonly #rules: readonly ActiveRule[];

  constructor(server: Server, active: readonly ActiveRule[] = everyRule) {
    this.#rules = active;
    this.#server = server;
    this.#oracle = new Oracle(server);
    this.#targets = { [server]: installedVersion(server)! };
  }

  close(): void {
    this.#oracle.close();
  }

  async play(subject: FixSubject): Promise<void> {
    const linted = await this.#lint(subject, subject.text);
    const { config } = linted;
    const verdict = await this.#ask(subject, subject.text, config.level);
    if (!verdict) return;
    const fixable = linted.findings.filter(({ fix }) =>
      fix?.edits.every(({ place }) => place.file === config.file.source),
    );
    if (verdict.accepted) this.figures.accepted++;
    else this.figures.others++;
    if (fixable.length === 0) return;
    if (verdict.accepted) for (const finding of fixable) await this.#single(subject, config, finding);
    await this.#together(subject, linted, verdict, false);
    await this.#together(subject, linted, verdict, true);
  }

  async #single(subject: FixSubject, config: Config, finding: Finding): Promise<void> {
    const text = applyFixes([finding]).files[0]?.text;
    const fail = (kind: FaultKind, detail: string): void =>
      this.#fail(
        kind,
        subject,
        [finding.rule],
        `${finding.fix!.safety} "${finding.fix!.title}": ${detail}`,
        text ?? '',
      );
    if (text === undefined) return fail('left-out', 'its edits overlap each other');
    const isSafe = finding.fix!.safety === 'safe';
    this.figures.single++;
    if (isSafe) this.figures.safe++;
    const verdict = await this.#ask(subject, text, config.level);
    if (!verdict?.accepted) fail('refused', verdict?.message ?? 'not judged');
    for (const fault of layoutFaults(subject.text, text, [finding.rule])) fail(...fault);
    const change = await this.#changeOf(config, subject, text);
    if (isSafe && change !== undefined) fail('answer', change);
    if (isSafe) return;
    const counts = this.unsafe.get(finding.rule) ?? { played: 0, changing: 0 };
    this.unsafe.set(finding.rule, counts);
    counts.played++;
    if (change !== undefined) counts.changing++;
  }

  async #together(subject: FixSubject, { config }: Linted, before: Verdict, unsafe: boolean): Promise<void> {
    const names = new Set<string>();
    const { files, refused } = await this.#fix(subject, subject.text, config.level, unsafe, names);
    const text = files[0]?.text ?? subject.text;
    const fail = (kind: FaultKind, detail: string): void =>
      this.#fail(kind, subject, [...names], `${unsafe ? 'all' : 'all safe ones'}: ${detail}`, text);
    for (const { finding, reason } of refused) {
      if (before.accepted) this.#fail('left-out', subject, [finding.rule], `${finding.fix?.title}: ${reason}`, text);
    }
    if (text === subject.text) return;
    this.figures.runs++;
    const after = await this.#ask(subject, text, config.level);
    if (before.accepted && !after?.accepted) fail('refused', after?.message ?? 'not judged');
    for (const fault of layoutFaults(subject.text, text, names)) fail(...fault);
    const second = await this.#fix(subject, text, config.level, unsafe, new Set());
    if (second.files.length > 0) fail('second-run', second.files[0]!.text);
    const change = before.accepted && !unsafe ? await this.#changeOf(config, subject, text) : undefined;
    if (change !== undefined) fail('answer', change);
  }

  #fix(
    subject: FixSubject,
    text: string,
    level: Level,
    unsafe: boolean,
    names: Set<string>,
  ): Promise<FixOutcome<Look>> {
    return fixRepeatedly({
      canonical: (path) => path,
      unsafe,
      mayEdit: (file) => file.path === subject.path,
      look: async (texts) => {
        const { config, findings } = await this.#lint({ ...subject, level }, texts.get(subject.path) ?? text);
        const counter = new DamageCounter((path) => path);
        const judged = await lintConfig(config, { rules: refusalRules, targets: this.#targets });
        const refusals = [...judged.findings, ...judged.suppressed].filter(({ severity }) => severity === 'error');
        const problems = config.files.flatMap((file) =>
          file.problems.filter(({ tolerated }) => !tolerated).map((problem) => ({ ...problem, file: file.source })),
        );
        counter.add(config.file.source, {
          problems,
          refusals: refusals.map(({ place }) => place),
          failures: judged.failures,
        });
        for (const { rule, fix } of findings) if (fix && (unsafe || fix.safety === 'safe')) names.add(rule);
        return { findings, damage: counter.damage };
      },
    });
  }

  /** The first answer that is another one after the fix. */
  async #changeOf(before: Config, subject: FixSubject, text: string): Promise<string | undefined> {
    const after = await configOf({ ...this.#input(subject, text), level: before.level });
    const requests = requestsFor(before, this.#targets);
    const old = await answersOf(before, this.#targets, requests);
    const now = await answersOf(after, this.#targets, requests);
    const index = old.findIndex((answer, at) => answer !== now[at]);
    if (index === -1) return undefined;
    const { method, scheme, host, port, target } = requests[index]!;
    return `${method} ${scheme}://${host}:${port}${target}\n  before ${old[index]}\n  after  ${now[index]}`;
  }

  #lint(subject: FixSubject, text: string): Promise<Linted> {
    return lint(this.#input(subject, text), this.#rules);
  }

  #input({ path, level }: FixSubject, text: string): Parameters<typeof lint>[0] {
    return { path, text, dialect: this.#server, targets: this.#targets, level, withIncludes: true };
  }

  #ask({ folder }: FixSubject, text: string, level: Level): Promise<Verdict | undefined> {
    return this.#oracle.ask({ text, level, folder });
  }

  #fail(kind: FaultKind, subject: FixSubject, names: readonly string[], detail: string, text: string): void {
    this.faults.push({ kind, subject, rules: names, detail, text });
  }
}

/** They tell last lines that are lost as nothing ends them. */
const endLastLine: ReadonlySet<string> = new Set(['ineffective-directive', 'unclosed-section']);

/**
 * A file keeps its line ends, its mark of encoding, its final line end or the lack of one (but for fixes of the rules that are about it), and
 * its tabs.
 */
export function layoutFaults(before: string, after: string, rules: Iterable<string> = []): [FaultKind, string][] {
  const faults: [FaultKind, string][] = [];
  const isEnded = !before.endsWith('\n') && after.endsWith('\n') && [...rules].some((rule) => endLastLine.has(rule));
  const has = (pattern: RegExp): boolean => !pattern.test(before) && pattern.test(after);
  if (has(/\r\n/)) faults.push(['line-ends', 'CRLF where there was none']);
  if (has(/(?<!\r)\n/)) faults.push(['line-ends', 'LF where there was none']);
  if (has(/\r(?!\n)/)) faults.push(['line-ends', 'a lone CR where there was none']);
  if (after !== '' && !isEnded && before.endsWith('\n') !== after.endsWith('\n'))
    faults.push(['line-ends', 'another final line end']);
  if (before.startsWith('\uFEFF') !== after.startsWith('\uFEFF')) faults.push(['line-ends', 'another byte order mark']);
  if (/^\t/m.test(before) && has(/^ +\S/m)) faults.push(['indentation', 'spaces where there were tabs']);
  if (/^ /m.test(before) && has(/^\t/m)) faults.push(['indentation', 'tabs where there were spaces']);
  return faults;
}
