/** What a comparison of two configs asks of a server about its settings. */
import type { Directive } from '../syntax/tree.ts';

export interface SettingForms {
  /** The same text for directives of one name that mean the same: other units, quotes, order where it says nothing. */
  readonly formOf: (directive: Directive) => string;
  /** Whether several directives of the name (in lower case for httpd) say the same in any order. */
  readonly isListed: (key: string) => boolean;
  /** The form of what holds where nothing is set; undefined: not known. */
  readonly defaultForm: (key: string) => string | undefined;
  /** Whether the tracer follows it, so that answers show it. */
  readonly isTraced: (key: string) => boolean;
  /** The names of the directives by which a level requires something. */
  readonly requirementKeys?: readonly string[];
  /** What some directives require of those that log in, each for itself; left out: nothing that answers do not show. */
  readonly peopleIn?: (directives: readonly Directive[]) => readonly Directive[];
}
