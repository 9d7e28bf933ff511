import type { VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { Difference } from '../difference.ts';

/** A difference that no request shows, and where it is. */
export interface Fact extends Difference {
  /** What it is said of: `the listener *:443`, `https://a.example`. */
  readonly subject: string;
  readonly host: VirtualHost | undefined;
  /** Whether it is said of the virtual host as a whole, so that each of its routes says it as well. */
  readonly isOfHost?: boolean;
  readonly directive: Directive | undefined;
  /** Of what is said of a listener: its `socketKey`. */
  readonly socket?: string;
}
