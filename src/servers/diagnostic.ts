/** What a server has to say of a config: the words that the refusals of all servers share, and that rules report in. */
import type { Directive } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import type { Place } from '../text/source.ts';

export type Severity = 'error' | 'warning' | 'info';
export type Confidence = 'high' | 'medium' | 'low';
export type Safety = 'safe' | 'unsafe';

/** Message texts by id; `{{name}}` is filled from the data. */
export type Messages = Readonly<Record<string, string>>;
/** The messages of a server, by the rule that reports them. */
export type Catalogue = Readonly<Record<string, Messages>>;

/** Messages that the refusals of several servers have, in the same words. */
export const commonMessages = {
  unknown: 'The directive "{{name}}" does not exist.',
  misspelled: 'The directive "{{name}}" does not exist. Did you mean "{{suggestion}}"?',
  misplaced: 'The directive "{{name}}" is not allowed in {{context}}, only in {{allowed}}.',
  count: 'The directive "{{name}}" takes {{expected}}, not {{found}}.',
  choice: 'The value "{{value}}" is not known to "{{name}}". It takes {{allowed}}.',
  form: 'The value "{{value}}" of "{{name}}" is not {{expected}}.',
} as const;

type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Data<Text extends string> = string extends Text
  ? { readonly data?: Readonly<Record<string, string | number>> | undefined }
  : [Placeholders<Text>] extends [never]
    ? { readonly data?: undefined }
    : { readonly data: Readonly<Record<Placeholders<Text>, string | number>> };

/** A place, or a node: a directive stands for its header (name and arguments). */
export type At = Place | Directive;

/** Another place that explains the first. */
export interface RelatedPlace {
  readonly at: At;
  readonly message: string;
}

/** Edits that mend it; without `safety`, that of the rule holds. */
export interface Remedy {
  readonly title: string;
  readonly safety?: Safety;
  readonly edits: readonly Edit[];
}

/** One of some messages with the data that its text needs. Severity and confidence are those of the rule if left out. */
export type Statement<Texts extends Messages> = {
  [Id in keyof Texts]: {
    readonly message: Id;
    readonly at: At;
    readonly severity?: Severity;
    readonly confidence?: Confidence;
    readonly related?: readonly RelatedPlace[];
    readonly fix?: Remedy;
  } & Data<Texts[Id]>;
}[keyof Texts];

/** A statement with the rule that reports it: a server's messages are `const` objects by rule, so ids and data are checked. */
export type Diagnostic<Of extends Catalogue, Rule extends keyof Of = keyof Of> = {
  [Id in Rule]: Statement<Of[Id]> & { readonly rule: Id };
}[Rule];

/** Takes what a check finds. */
export interface Sink<Of extends Catalogue> {
  report(diagnostic: Diagnostic<Of>): void;
}

/** Judges one directive. What it has to remember of others lies in `scope`, which lives as long as one run over one config. */
export type Check<Scope> = (directive: Directive, scope: Scope) => void;
