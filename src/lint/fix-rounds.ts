/** Fixes files again and again until none of their findings has a fix left: one file of a session, or all inputs of a command line. */
import type { Canonical } from '../fix/apply.ts';
import { overlay } from '../fix/overlay.ts';
import { fixRepeatedly, type FixOutcome, type Look } from '../fix/passes.ts';
import type { Texts } from '../fix/same-fix.ts';
import { OpenFile, type AdjustFinding, type FileToOpen, type LintedConfig } from './open-file.ts';
import type { LintSettings } from './lint-source.ts';
import { refusalRules } from './refusals.ts';

export interface FixRoundsOptions {
  readonly canonical: Canonical;
  /** Also fixes that may change what the server does. */
  readonly unsafe: boolean;
  /** Whether a file may be changed; of a document or a dump that file which holds it. */
  readonly mayEdit: (file: { readonly path: string; readonly text: string }) => boolean;
  readonly adjust?: AdjustFinding | undefined;
}

interface Linted {
  readonly texts: Texts;
  readonly configs: readonly LintedConfig[];
}

/** One look at the files, with the fixes of the earlier rounds in them. */
export class FixRound {
  readonly #texts: Texts;
  readonly #options: FixRoundsOptions;
  readonly #earlier: Map<string, Linted>;

  constructor(texts: Texts, options: FixRoundsOptions, earlier: Map<string, Linted>) {
    this.#texts = texts;
    this.#options = options;
    this.#earlier = earlier;
  }

  /** What the file holds in this round; undefined: what it held at first. */
  textOf(path: string): string | undefined {
    return this.#texts.get(this.#options.canonical(path));
  }

  open(file: FileToOpen, settings: LintSettings): OpenFile {
    const text = this.textOf(file.path) ?? file.text;
    const files = settings.files && overlay(settings.files, this.#texts);
    return new OpenFile(
      { ...file, text },
      { ...settings, refusalRules, ...(files && { files }) },
      this.#options.adjust,
    );
  }

  /** What linting the file gives. One of which nothing has changed since an earlier round is not linted again. */
  async lint(file: FileToOpen, settings: LintSettings): Promise<readonly LintedConfig[]> {
    const key = this.#options.canonical(file.path);
    const earlier = this.#earlier.get(key);
    if (earlier && this.#isCurrent(earlier)) return earlier.configs;
    const configs = await this.open(file, settings).lint();
    this.#earlier.set(key, { texts: this.#texts, configs });
    return configs;
  }

  #isCurrent({ texts, configs }: Linted): boolean {
    return configs.every(({ result }) =>
      result.files.every(({ path, outer }) => {
        const key = this.#options.canonical(outer?.path ?? path);
        return texts.get(key) === this.#texts.get(key);
      }),
    );
  }
}

/** Nothing is written. `look` opens and lints the files, by the round that it is given. */
export function fixInRounds<L extends Look>(
  look: (round: FixRound) => Promise<L>,
  options: FixRoundsOptions,
): Promise<FixOutcome<L>> {
  const earlier = new Map<string, Linted>();
  return fixRepeatedly({
    look: (texts) => look(new FixRound(texts, options, earlier)),
    canonical: options.canonical,
    unsafe: options.unsafe,
    // A dump is the print of files elsewhere.
    mayEdit: (file) => file.outer?.kind !== 'dump' && options.mayEdit(file.outer ?? file),
  });
}
