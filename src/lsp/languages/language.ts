/** What the server asks of each dialect. `index.ts` lists them. */
import type { Config } from '../../syntax/config.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { Targets } from '../../model/versions.ts';
import type { Cursor } from '../cursor.ts';
import type { Occurrence } from '../occurrence.ts';

/** What is known of a directive, or of a variable. Texts are Markdown. */
export interface Description {
  /** As it is written. */
  readonly name: string;
  /** Each a line of code. */
  readonly syntax: readonly string[];
  readonly text: string | undefined;
  /** Rows of facts: `Default`, `Context`, `Since`. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly url: string | undefined;
}

export interface Suggestion {
  readonly label: string;
  readonly kind: 'directive' | 'block' | 'value' | 'parameter' | 'variable' | 'name' | 'module' | 'file';
  /** Some words beside the label. */
  readonly detail?: string;
  readonly deprecated?: boolean;
  /** With places to fill in, in the syntax of snippets; left out: the label. */
  readonly snippet?: string;
  /** Under which {@link Language.describe} knows it. */
  readonly key?: string;
}

export interface Language {
  /** Undefined for what nobody knows. `context`: as {@link contextAt} gives it, to choose among definitions of one name. */
  describe(key: string, context: string): Promise<Description | undefined>;
  describeVariable(name: string, context: string): Promise<Description | undefined>;
  /** Where the cursor is, for {@link describe}. */
  contextAt(cursor: Cursor, targets: Targets): string;
  /** The directives that may stand where the cursor is. */
  directives(cursor: Cursor, targets: Targets): readonly Suggestion[];
  /** What may be written as the word at the cursor, an argument of its directive; what is named in the config aside. */
  argumentsOf(cursor: Cursor, targets: Targets): Promise<readonly Suggestion[]>;
  /** The kind of thing that the word at the cursor names, and what stands in front of its name in the word. */
  namedAt(cursor: Cursor): readonly NamedPlace[];
  /** What comes in front of a variable, where the text before the cursor ends with the beginning of one; undefined: none does. */
  variables(cursor: Cursor, targets: Targets): readonly Suggestion[];
  /** All names that a config gives or uses. */
  occurrences(config: Config): Iterable<Occurrence>;
  /** Those directives among the definitions of a name that count at a place; left out, or undefined: all. */
  definitionsFor?(named: Occurrence, at: Directive, config: Config): ReadonlySet<Directive> | undefined;
  /** Why something cannot have a name, as a sentence; undefined: it can. */
  faultOfName(named: Occurrence, name: string): string | undefined;
  /** Words beside the name of a block in an outline. */
  titleOf(directive: Directive): string;
}

export interface NamedPlace {
  readonly kind: string;
  /** What a completed word begins with: `http://`, `zone=`. */
  readonly before: string;
}
