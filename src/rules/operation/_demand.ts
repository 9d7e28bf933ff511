import type { BenchmarkSetting } from '../../facts/benchmarks/index.ts';
import type { Scope } from '../../model/model.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { hasTemplateMark } from '../../text/template/placeholder.ts';
import type { Settings } from '../../servers/settings.ts';

/** A setting of a benchmark, and what the config was seen to say about it. */
export class Demand {
  readonly setting: BenchmarkSetting;
  readonly #secondsOf: Settings['secondsOf'];
  /** For both messages. */
  readonly data: { readonly benchmark: string; readonly items: string; readonly expected: string };
  /** Of the directives that answer it. */
  readonly keys: readonly string[];
  #isAnswered = false;

  constructor(setting: BenchmarkSetting, title: string, secondsOf: Settings['secondsOf']) {
    this.setting = setting;
    this.#secondsOf = secondsOf;
    this.data = { benchmark: title, items: setting.items.join(', '), expected: setting.expected };
    // Names of nginx are in lower case anyway.
    this.keys = setting.directives.map((name) => name.toLowerCase());
  }

  /** Something seen so far is as expected or may be, or is reported where it stands. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  isAbout(directive: Directive): boolean {
    if (!this.keys.includes(directive.key)) return false;
    const { within } = this.setting;
    if (!within) return true;
    const section = enclosing(directive);
    return section?.key === within.name.toLowerCase() && section.args[0]?.value === within.argument;
  }

  isMetBy(directive: Directive): boolean | undefined {
    const values = directive.args.map(({ value }) => value);
    const fits = values.some((value) => value.includes('${') || hasTemplateMark(value))
      ? undefined
      : this.setting.fits(values, this.#secondsOf(directive));
    if (fits !== false || !this.setting.othersMayDiffer) this.#isAnswered = true;
    return fits;
  }

  /** Not in force here, which the text proves; what is written otherwise is found where it stands. */
  isLostIn(scope: Scope): boolean {
    const written = this.keys.flatMap((key) => scope.effective(key));
    if (written.length > 0 && !this.setting.othersMayDiffer) return false;
    return (
      written.every((directive) => this.isMetBy(directive) === false) &&
      this.keys.every((key) => scope.certainty(key) === 'known')
    );
  }
}
