/** What the page asks of the language service: the same that `proxylint lsp` has for editors. */
import type { Dialect, Input, Range } from './input.ts';

/** A place in a text that is being written. */
export interface Place extends Input {
  readonly offset: number;
  /** What the text is taken for where it does not tell. */
  readonly assumed: Dialect | undefined;
}

export interface Suggestion extends Range {
  readonly label: string;
  readonly detail: string | undefined;
  /** A kind of CodeMirror's, which chooses the icon. */
  readonly type: string;
  readonly isDeprecated: boolean;
  /** What is put in, with `${1}` and `${}` for places to fill in; undefined: the label. */
  readonly snippet: string | undefined;
  /** For the question `describe`; undefined: there is nothing to say of it. */
  readonly topic: unknown;
}

/** A piece of a text: plain, or of a kind with other pieces in it. */
export type Markup = string | MarkupElement;

export interface MarkupElement {
  readonly tag: 'p' | 'strong' | 'em' | 'code' | 'pre' | 'ul' | 'ol' | 'li' | 'br' | 'a' | 'table' | 'tr' | 'td';
  /** Of a link: a page of the web, or a line of the text. */
  readonly target?: string | number;
  readonly children: readonly Markup[];
}

export interface HoverText extends Range {
  readonly text: readonly Markup[];
}

export interface EditingMethods {
  readonly complete: { readonly input: Place; readonly answer: readonly Suggestion[] };
  readonly describe: { readonly input: { readonly topic: unknown }; readonly answer: readonly Markup[] };
  readonly hover: { readonly input: Place; readonly answer: HoverText | undefined };
}
