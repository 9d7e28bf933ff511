import type { ApacheContext } from '../facts/types.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Branches } from './branches.ts';

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

/** True where a path applies (`cmd->path`): inside a section for directories, locations, files or proxies, or in `.htaccess`. */
export function hasPath({ containers }: Around): boolean | undefined {
  return containers?.some((container) => container !== 'vhost');
}
