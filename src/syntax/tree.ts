/**
 * The syntax tree of a config as it is written, one shape for nginx, httpd and sslh.
 *
 * Lossless: every byte of the file belongs to a word, a block delimiter, a terminator, a comment, a stray,
 * or to the white space (httpd: and line continuations) between them. See `print.ts`.
 */
import type { Place, SourceFile, Span } from '../text/source.ts';

export const dialects = ['nginx', 'apache', 'sslh'] as const;
export type Dialect = (typeof dialects)[number];

export type Quote = '' | '"' | "'";

/** One argument, or the name of a directive. The span includes the quotes. */
export interface Word extends Span {
  /** The text as written, quotes included. */
  readonly raw: string;
  /** The text as the server sees it: quotes removed, escapes resolved. */
  readonly value: string;
  readonly quote: Quote;
}

/**
 * How a directive ended.
 * `;` nginx and sslh terminator (the last character of the span); `,` sslh separator; `newline` httpd line
 * end (not part of the span); `block` ended by its block; `none`: nothing ended it, which nginx refuses (see
 * `Problem`) and sslh allows.
 */
export type Terminator = ';' | ',' | 'newline' | 'block' | 'none';

/**
 * nginx `name args;` and `name args { }`; httpd `Name args` and `<Name args> </Name>`; sslh
 * `name: value;`, whose scalar values are args and whose groups, lists and arrays are blocks.
 * An element of an sslh list has an empty name.
 */
export interface Directive extends Span {
  readonly kind: 'directive';
  readonly name: Word;
  /** The comparison form of the name: lower-cased for httpd, as written elsewhere. */
  readonly key: string;
  readonly args: readonly Word[];
  readonly block: Block | undefined;
  readonly terminator: Terminator;
  /** The block it stands in: of its own file, see {@link Block.owner}. */
  readonly parent: Block;
  /** The files that an include directive brought in, in the server's order; undefined if it was not expanded. */
  included?: readonly ConfigFile[];
  /** Why an include directive brought in nothing, or not all. */
  includeFailure?: IncludeFailure;
}

/**
 * `not-found`: the server refuses it; `no-match`: a glob without match, which the server accepts; `cycle`: the file
 * includes itself; `unreadable`: no regular file; `outside-root`: beyond the root that stands for `/`; `foreign`: no config;
 * `unresolved`: a variable or placeholder in the path, a file that may not be read, or one that the config need not have beside
 * itself where it is kept away from its server; `too-deep`: too many levels, files or characters.
 */
export interface IncludeFailure {
  readonly reason:
    | 'not-found'
    | 'no-match'
    | 'cycle'
    | 'unreadable'
    | 'outside-root'
    | 'foreign'
    | 'unresolved'
    | 'too-deep';
  /** The path or pattern that was tried. */
  readonly path: string;
}

/**
 * `file`: the whole of one file; `braces`: nginx `{}`; `section`: httpd `<X>...</X>`;
 * `raw`: nginx `*_by_lua_block {}`, whose body is one word in `body`; `group` `{}`, `list` `()`, `array` `[]`: sslh.
 */
export type BlockKind = 'file' | 'braces' | 'section' | 'raw' | 'group' | 'list' | 'array';

/** The span reaches from the opening delimiter (httpd: the end of the opening tag) to the end of the closing one. */
export interface Block extends Span {
  readonly kind: BlockKind;
  /** The directives of this block in this file; see `children` in `walk.ts` for includes expanded. */
  readonly directives: readonly Directive[];
  /** The directive whose block this is. For an included file: the directive around the include; none at the top. */
  readonly owner: Directive | undefined;
  readonly file: SourceFile;
  /** The opening delimiter `{`, `(`, `[`; httpd: the opening tag from `<` to `>`. Undefined for a file. */
  readonly open: Span | undefined;
  /** The closing delimiter or tag; undefined for a file and for a block that was never closed. */
  readonly close: Span | undefined;
  /** Body of a `raw` block. */
  readonly body?: Word;
  /** True where a directive of it brought in files, see {@link Directive.included}. */
  hasIncluded?: boolean;
}

/** See `comments.ts`. */
export interface Comment extends Span {
  /** The text with its comment sign, without the line end. */
  readonly raw: string;
  /** As it is written: `#`, `##`, `//`, `/*`. */
  readonly sign: string;
  /** Behind the sign, without what closes it. */
  readonly text: string;
}

/** A token that belongs nowhere: a stray `}`, `;`, closing tag or piece of junk. Kept so that the tree stays lossless. */
export interface Stray extends Span {
  readonly raw: string;
}

/**
 * What the parser could not accept. `code` is the id of the rule that reports it.
 *
 * - `unclosed-block`: at the directive that opened it (name to `{`); never closed.
 * - `unexpected-close`: at a `}`, `)`, `]` or closing tag that closes nothing.
 * - `unclosed-quote`: at the opening quote.
 * - `unclosed-section`: at the httpd opening tag; `found` is the other name when a closing tag of another name ended it.
 * - `missing-semicolon`: at the end of the last word of a directive that a `}` or the end of the file cut short.
 *   (A directive that runs into the next one is no problem of the grammar: the rule finds it with the facts.)
 * - `syntax-error`: all else; `message` says what.
 */
export interface Problem extends Span {
  readonly code:
    | 'unclosed-block'
    | 'unexpected-close'
    | 'unclosed-quote'
    | 'unclosed-section'
    | 'missing-semicolon'
    | 'libconfig-trailing-comma'
    | 'syntax-error';
  /** For `syntax-error`: a full sentence in the style of rule messages. Elsewhere unused. */
  readonly message?: string;
  /** Name of the block or section concerned, or the offending text. */
  readonly name?: string;
  /** `unclosed-section`: name of the closing tag met instead. */
  readonly found?: string;
  /** Where the server notices it, or the opener: a second place that explains the first. */
  readonly related?: Span;
  /** True where reading went on with a guess, so that what follows may be misread. */
  readonly partial?: boolean;
  /**
   * True where the server reads on without a word, always or by circumstances that the text does not show (httpd: whether the condition of an
   * `<IfModule>` holds).
   */
  readonly tolerated?: boolean;
}

/** One parsed file. */
export interface ConfigFile {
  readonly dialect: Dialect;
  readonly source: SourceFile;
  readonly root: Block;
  readonly comments: readonly Comment[];
  readonly strays: readonly Stray[];
  readonly problems: readonly Problem[];
  /** The include directive that brought it in. */
  readonly includedBy: Directive | undefined;
  /** Reads the expressions of this dialect, on demand; only httpd has any. */
  readonly readExpression?: ReadExpression;
  /** Reads another text of the dialect: the body of a macro with its arguments; only httpd has any. */
  readonly parse?: Parse;
  /** Why nothing of it was parsed, as the end of a sentence; undefined for any file that proxylint takes. */
  readonly unread?: string;
}

/** What a reading of an httpd expression found. */
export interface ExpressionReading {
  /** Where it stopped and at what; `found` is empty at the end of the text. Undefined: it is an expression. */
  readonly fault: { readonly start: number; readonly found: string } | undefined;
  /** The regular expressions in it, without delimiters. */
  readonly regexes: readonly string[];
  /** The names in it, each once an occurrence. */
  readonly uses: readonly ExpressionUse[];
}

/** A name that the server looks up when it reads an expression. */
export interface ExpressionUse {
  /** `list`: a function that gives a list; `unary` and `binary`: an operator such as `-f` or `-ipmatch`. */
  readonly kind: 'variable' | 'function' | 'list' | 'unary' | 'binary';
  /** Of an operator without its dash. */
  readonly name: string;
  /** The argument, of a binary operator the second one, where it is a constant string. */
  readonly argument: string | undefined;
}

/** `condition`: true or false, as in `<If>`; `string`: text with variables, as in `Header set X expr=...`. Never throws. */
export type ReadExpression = (text: string, kind: 'condition' | 'string') => ExpressionReading;

/** Never throws, whatever the text. `includedBy` is the include directive, for an included file. */
export type Parse = (source: SourceFile, includedBy?: Directive) => ConfigFile;

/** The place of a directive's header: name and arguments, without block and terminator. */
export function headerOf(directive: Directive): Place {
  const last = directive.args.at(-1) ?? directive.name;
  return { file: directive.parent.file, start: directive.start, end: last.end };
}

/** The place of a word of a directive, or of any span in its file. */
export function placeIn(directive: Directive, span: Span): Place {
  return { file: directive.parent.file, start: span.start, end: span.end };
}

/** The directive around this one, across include boundaries. */
export function enclosing(directive: Directive): Directive | undefined {
  return directive.parent.owner;
}

/** The nearest directive around this one (not itself) that has the given key. */
export function enclosingNamed(directive: Directive, key: string): Directive | undefined {
  for (let outer = enclosing(directive); outer; outer = enclosing(outer)) if (outer.key === key) return outer;
  return undefined;
}
