/** Applies fixes again and again until none is left, and takes back those after which a config does not load, or that do not settle. */
import type { Finding } from '../rules/finding.ts';
import type { SourceFile } from '../text/source.ts';
import { applyFixes, placeInEditedFile, type Canonical, type FixedFile } from './apply.ts';
import { isWorse, type Damage } from './damage.ts';
import { isInVain } from './effect.ts';
import { withoutFix, keyOf, kindOf, fingerprint, type Texts } from './same-fix.ts';

/** What linting gave, with some texts replaced. */
export interface Look {
  readonly findings: readonly Finding[];
  readonly damage: Damage;
}

export interface FixOptions<L extends Look> {
  readonly look: (texts: Texts) => Promise<L>;
  readonly canonical: Canonical;
  /** Also fixes that may change what the server does. */
  readonly unsafe: boolean;
  readonly mayEdit: (file: SourceFile) => boolean;
}

export interface FixOutcome<L extends Look> {
  /** The look at the last texts; the findings whose fix is left out have none. */
  readonly look: L;
  readonly files: readonly ChangedFile[];
  /** How many findings were fixed. */
  readonly fixed: number;
  readonly refused: readonly Refusal[];
}

/** A fix that is left out. */
export interface Refusal {
  readonly finding: Finding;
  /** `damage`: the config would be worse; `effect`: what it mends would still be found, so that it would be applied again. */
  readonly reason: 'damage' | 'effect';
}

export interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly text: string;
}

/** Fixes of fixes settle after two or three passes; a long run of mistakes, each hidden by the one before, takes more. */
const maxPasses = 20;

/** How often all is begun anew without rules whose fixes did not settle: two rules may undo each other. */
const maxRestarts = 4;

/** Looks that a pass may take to tell the bad fixes of one file from the good ones; what is undecided then is left out. */
const maxTrials = 64;

interface State<L> {
  readonly texts: Texts;
  readonly look: L;
}

/** A second run changes nothing: what would not come to rest is left out. */
export async function fixRepeatedly<L extends Look>(options: FixOptions<L>): Promise<FixOutcome<L>> {
  const first: State<L> = { texts: new Map(), look: await options.look(new Map()) };
  /** Fixes that did not settle, by rule and file. */
  const unsettled = new Map<string, Finding>();
  for (let attempt = 0; ; attempt++) {
    const run = new FixRun(options, first, unsettled);
    const restless = await run.settle(attempt < maxRestarts ? maxPasses : 0);
    if (restless.length === 0 || attempt === maxRestarts) return run.outcome();
    for (const finding of restless) unsettled.set(kindOf(finding, options.canonical), finding);
  }
}

class FixRun<L extends Look> {
  readonly #options: FixOptions<L>;
  readonly #originals = new Map<string, { path: string; before: string }>();
  readonly #refused = new Map<string, Refusal>();
  readonly #unsettled: ReadonlyMap<string, Finding>;
  #state: State<L>;
  #fixed = 0;
  /** Left for each file. */
  readonly #trials = new Map<string, number>();

  constructor(options: FixOptions<L>, first: State<L>, unsettled: ReadonlyMap<string, Finding>) {
    this.#options = options;
    this.#state = first;
    this.#unsettled = unsettled;
  }

  /** @returns the findings of the last pass, if the texts were not at rest after it */
  async settle(passes: number): Promise<readonly Finding[]> {
    const seen = new Set([fingerprint(this.#state.texts)]);
    let last: readonly Finding[] = [];
    for (let pass = 0; pass < passes; pass++) {
      // What was bad before the last fixes may be good after them.
      this.#refused.clear();
      this.#trials.clear();
      const { applied } = applyFixes(
        this.#state.look.findings.filter((finding) => this.#isFixable(finding)),
        this.#options.canonical,
      );
      if (applied.length === 0) return [];
      const good: Finding[] = [];
      await this.#tryAll(applied, this.#state, good);
      this.#fixed += good.length;
      if (good.length === 0) return [];
      last = good;
      const print = fingerprint(this.#state.texts);
      if (seen.has(print)) return last;
      seen.add(print);
    }
    return this.#state.look.findings.some((finding) => this.#isFixable(finding)) ? last : [];
  }

  outcome(): FixOutcome<L> {
    const { look, texts } = this.#state;
    const files = [...this.#originals].map(([key, original]) => ({ ...original, text: texts.get(key)! }));
    const restless = [...this.#unsettled.values()].map((finding) => ({ finding, reason: 'effect' as const }));
    return {
      look: {
        ...look,
        findings: look.findings.map((finding) => (this.#isRefused(finding) ? withoutFix(finding) : finding)),
      },
      files: files.filter(({ before, text }) => before !== text),
      fixed: this.#fixed,
      refused: [...this.#refused.values(), ...restless],
    };
  }

  #isFixable(finding: Finding): boolean {
    const { unsafe, mayEdit } = this.#options;
    return (
      finding.fix !== undefined &&
      (unsafe || finding.fix.safety === 'safe') &&
      finding.fix.edits.every(({ place }) => mayEdit(place.file)) &&
      !this.#isRefused(finding)
    );
  }

  #isRefused(finding: Finding): boolean {
    return this.#refused.has(keyOf(finding)) || this.#unsettled.has(kindOf(finding, this.#options.canonical));
  }

  /** All at once, else file by file. */
  async #tryAll(fixes: readonly Finding[], before: State<L>, good: Finding[]): Promise<void> {
    const groups = new Map<string, Finding[]>();
    for (const finding of fixes) {
      const key = this.#options.canonical(placeInEditedFile(finding.fix!.edits[0]!.place).file.path);
      const group = groups.get(key);
      if (group) group.push(finding);
      else groups.set(key, [finding]);
    }
    if (groups.size > 1 && (await this.#try(good, fixes, before)) === undefined) good.push(...fixes);
    else for (const [key, group] of groups) await this.#tryOf(key, group, before, good);
  }

  /** Halves the fixes of one file until each part is harmless or a single fix. */
  async #tryOf(key: string, part: readonly Finding[], before: State<L>, good: Finding[]): Promise<void> {
    const left = this.#trials.get(key) ?? maxTrials;
    this.#trials.set(key, left - 1);
    const reason = left > 0 ? await this.#try(good, part, before) : 'damage';
    if (reason === undefined) good.push(...part);
    else if (part.length === 1 || left <= 1) {
      for (const finding of part) this.#refused.set(keyOf(finding), { finding, reason });
    } else {
      const middle = part.length >> 1;
      await this.#tryOf(key, part.slice(0, middle), before, good);
      await this.#tryOf(key, part.slice(middle), before, good);
    }
  }

  /** Goes on with the state after the fixes, unless there is a reason against it. */
  async #try(
    good: readonly Finding[],
    part: readonly Finding[],
    before: State<L>,
  ): Promise<Refusal['reason'] | undefined> {
    const { look, canonical } = this.#options;
    const findings = [...good, ...part];
    const { files } = applyFixes(findings, canonical);
    const texts = new Map(before.texts);
    for (const { file, text } of files) texts.set(canonical(file.path), text);
    const after = await look(texts);
    const edited = files.map(({ file }) => canonical(file.path));
    const mayUncover = part.every(({ category }) => category === 'syntax');
    if (isWorse(this.#state.look.damage, after.damage, edited, mayUncover)) return 'damage';
    if (isInVain(findings, files, after.findings, canonical)) return 'effect';
    this.#state = { texts, look: after };
    this.#noteOriginals(files);
    return undefined;
  }

  #noteOriginals(files: readonly FixedFile[]): void {
    for (const { file } of files) {
      const key = this.#options.canonical(file.path);
      if (!this.#originals.has(key)) this.#originals.set(key, { path: file.path, before: file.text });
    }
  }
}
