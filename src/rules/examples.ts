/** What a rule finds, shown: `scripts/gen/examples.ts` makes it of the fixtures. Loaded when somebody asks for it. */
import type { Dialect } from '../syntax/tree.ts';

export interface RuleExample {
  readonly dialect: Dialect;
  /** What has to be set so that it is reported, in Markdown. */
  readonly settings: readonly string[];
  /** With a comment below each line in which something is found: carets, and the message. */
  readonly reported: string;
  /** The same, as it should be. */
  readonly corrected?: string;
  readonly others?: readonly ShownFile[];
}

/** A file without which an example says nothing. */
export interface ShownFile {
  /** As the example names it, relative to its own folder. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly text: string;
  /** The config of another server on the same machine; else one that is included. */
  readonly isBeside: boolean;
}

/** By the id of the rule. */
export type RuleExamples = Readonly<Record<string, readonly RuleExample[]>>;

/** A comment that {@link RuleExample.reported} has below a line, in its first line. */
export const markLine = /^ *# *\^+(?: |$)/;

/** Of a rule of proxylint; a plugin's has none. */
export async function loadExamples(id: string): Promise<readonly RuleExample[]> {
  const { default: all } = (await import('./examples.gen.json', { with: { type: 'json' } })) as unknown as {
    default: RuleExamples;
  };
  return Object.hasOwn(all, id) ? all[id]! : [];
}
