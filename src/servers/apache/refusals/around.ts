import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { ApacheContext } from '../facts/types.ts';

/** What stands around a directive, as far as it matters to httpd. */
export interface Around {
  /**
   * The containers around, outermost first, without `server`; empty at server level. Undefined inside a section that nobody knows or
   * that has rules of its own.
   */
  readonly containers: readonly ApacheContext[] | undefined;
  /** The nearest `<RequireAll>`, `<RequireAny>` or `<RequireNone>`. */
  readonly authorization: Directive | undefined;
  readonly branches: Branches;
  /** Whether the server surely reads this. */
  readonly certain: boolean;
}

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

/** True where a path applies (`cmd->path`): inside a section for directories, locations, files or proxies, or in `.htaccess`. */
export function hasPath({ containers }: Around): boolean | undefined {
  return containers?.some((container) => container !== 'vhost');
}
