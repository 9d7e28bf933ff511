import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Environment } from '../meaning/environment.ts';

/** The words of directives as the server sees them, after `Define` and the environment. */
export class Words {
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** False for a name that is none: what a template or a script puts there is not known. */
  hasName({ name }: Directive): boolean {
    return this.#textOf(name) !== unknown && !/^\$\w/.test(name.value);
  }

  /** False if a word may become any number of words: a variable that stands alone, a macro parameter, a placeholder. */
  isCountable({ args }: Directive): boolean {
    return args.every((word) => {
      const text = this.#textOf(word);
      if (text === word.value) return true;
      return text === unknown ? /[^\s}]\$\{\w+\}|\$\{\w+\}[^\s$]/.test(word.value) : /^\S+$/.test(text);
    });
  }

  /** The directive with the words that the server sees; undefined if some of them are not known. */
  expand(directive: Directive): Directive | undefined {
    if (directive.args.every((word) => this.#textOf(word) === word.value)) return directive;
    const args: Word[] = [];
    let isChanged = false;
    for (const word of directive.args) {
      const text = this.#textOf(word);
      if (text === word.value || mayBeAnything(directive, args.length)) {
        args.push(word);
        continue;
      }
      // Quotes from a variable would group words anew.
      if (text === unknown || /(?:^|\s)["']|\\/.test(text)) return undefined;
      isChanged = true;
      const values = word.quote === '' ? text.split(/\s+/).filter((value) => value !== '') : [text];
      for (const value of values) args.push({ ...word, value });
    }
    return isChanged ? { ...directive, args } : directive;
  }

  #textOf(word: Word): string | Unknown {
    return this.#environment.text(word);
  }
}

/** Log files, whose names mostly begin with `${APACHE_LOG_DIR}`; nothing else depends on them. */
function mayBeAnything({ key, args }: Directive, index: number): boolean {
  return index === 0 && key === 'customlog' && /\S\/\S/.test(args[0]!.value);
}
