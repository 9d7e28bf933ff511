import type { Directive } from '../../../../syntax/tree.ts';
import { refusal, type Fault } from '../fault.ts';

/** Remembers the `Listen` lines of a config: the server cannot open one address and port twice. */
export class Listeners {
  readonly #seen = new Set<string>();

  judge(directive: Directive): Fault | undefined {
    const [word] = directive.args;
    if (directive.key !== 'listen' || !word) return undefined;
    const address = word.value.replace(/^\*:/, '').toLowerCase();
    if (this.#seen.has(address)) return refusal(directive, 'another "Listen" has the same address and port', word);
    this.#seen.add(address);
    return undefined;
  }
}
