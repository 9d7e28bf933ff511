import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Around } from './around.ts';
import { refusal, type Fault } from './fault.ts';

/** Whether an `<Else>` may follow on one level: after an `<If>` or `<ElseIf>`, whatever stands between. */
export class Branches {
  #open: boolean | Unknown = false;

  /** Something may or may not be read here. */
  doubt(): void {
    this.#open = unknown;
  }

  /** Enters a section; false if the server misses the `<If>` before it. */
  enter(key: string): boolean {
    const fits = key === 'if' || this.#open !== false;
    this.#open = key !== 'else';
    return fits;
  }
}

/** `ifsection` and `elseifsection` of `server/core.c`. */
export function judgeBranch(directive: Directive, { branches }: Around): Fault | undefined {
  if (!/^(?:if|elseif|else)$/.test(directive.key) || branches.enter(directive.key)) return undefined;
  return refusal(directive, 'there is no <If> or <ElseIf> before it on the same level');
}
