import type { Confidence, Severity } from '../servers/diagnostic.ts';
import type { Dialect } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import type { Place } from '../text/source.ts';

export type { Confidence, Severity } from '../servers/diagnostic.ts';
export type { Edit } from '../text/edit.ts';

/** The folders of `src/rules`. `syntax`: the server refuses the config. */
export type Category =
  | 'syntax'
  | 'headers'
  | 'routing'
  | 'tls'
  | 'access'
  | 'injection'
  | 'files'
  | 'proxying'
  | 'regex'
  | 'operation'
  | 'versions'
  | 'suppression'
  | 'applications'
  /** The rules of plugins. */
  | 'plugin'
  | 'sslh';

export interface Related {
  readonly place: Place;
  readonly message: string;
}

/** `safe`: the server behaves as before, or loads what it refused; `unsafe`: behaviour may change. */
export interface Fix {
  readonly safety: 'safe' | 'unsafe';
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** One thing that is wrong, ready for a formatter. */
export interface Finding {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Key of the message in the rule's `messages`: stable while the wording changes. */
  readonly messageId: string;
  readonly message: string;
  readonly why: string;
  readonly how: string;
  readonly url: string;
  readonly dialect: Dialect;
  readonly place: Place;
  readonly related: readonly Related[];
  readonly fix?: Fix;
  /** A request, as a `curl` command, that shows the problem. */
  readonly witness?: string;
}
