/** Finds the tags of template engines: ERB and EPP, Jinja and its kin, Go templates, Handlebars. */
import type { Span } from '../span.ts';
import { wordTable } from '../word-table.ts';

/** What a tag does to the text around it. */
export type TagKind =
  /** Puts text in its place. */
  | 'output'
  /** Begins what is there under a condition, once an item, or by another name. */
  | 'open'
  /** Begins an alternative to what stands before it. */
  | 'branch'
  | 'close'
  /** Begins what is used elsewhere, in surroundings that are not seen here. */
  | 'definition'
  /** Stands for what was left out. */
  | 'omission'
  /** A comment, an assignment. */
  | 'silent';

export interface Tag extends Span {
  readonly kind: TagKind;
}

const templateName =
  /\.(?:erb|epp|j2|jinja2?|tmpl|gotmpl|gtpl|ctmpl|tpl|template|hbs|handlebars|mustache|liquid|twig)$/i;
/** Engines in which `{#` always begins a comment. */
const jinjaName = /\.(?:j2|jinja2?|twig)$/i;
/** Begins of tags that no server's own syntax has. */
const sureMark = /<%|\{%[-+]?\s*\w|\{\{-?\s*(?:\/\*|!--|(?:if|range|with|end|define|template|block)\b)/y;
/** Curly braces alone are also those of Lua and JSON: only around something that looks like an expression do they make a tag. */
const shortTag = /\{\{[^{}\n;]+\}\}/g;
const opening = /<%(?!%)|\{%|\{#|\{\{\{?/g;
const closing: Readonly<Record<string, string>> = wordTable({ '<%': '%>', '{%': '%}', '{#': '#}', '{{': '}}' });

/** What scripts fill in before the server sees the file: as `envsubst` does, and lines that are only a name in capitals. */
const variable = /\$\{[A-Z_][A-Z0-9_]*(?::?[-=?+][^{}\n;]*)?\}/g;
/** In a statement of nginx: no block holds a lone word without a semicolon. */
const braced =
  /(?<=[ \t"'/:.@=-])\{[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*\}(?=[ \t;:/."'])(?=[^\n{}]*(?:\{[A-Z0-9_]+\}[^\n{}]*){0,5};[ \t]*(?:#|\r?$))/gm;
const standIn =
  /(?=[A-Z_@%])(?<=^[ \t]*)(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|__[A-Za-z0-9_]+__|@[A-Za-z][\w.-]*@|%%[A-Za-z]\w*%%)(?=[ \t]*(?:;[ \t]*)?\r?$)/gm;

/**
 * What neither server takes, so that a script must fill it in, whatever the file is called: a default as of a shell (`${X:-1}`),
 * `@@Port@@`, and a variable in capitals on a line of its own.
 */
const shellDefault = /\$\{[A-Za-z_]\w*:[-=?+][^{}\n;]*\}/g;
const doubleAts = /@@[A-Za-z]\w{0,60}@@/g;
/** What is searched for in pages, and parameters of macros, are written so, too. */
const ownAts = /\bsubs?_filter\b|\bSubstitute\b|<Macro\b/i;
const capitals = /\$\{[A-Z_][A-Z0-9_]{0,60}\}/g;

/** `${section:option}`, as of buildout. What rewrites in httpd looks up `${map:key}` alike. */
const option = /\$\{[A-Za-z][\w-]{0,60}:[A-Za-z][\w-]{0,60}\}/g;
const lookups = /\bRewriteMap\b|\$\{[\w-]{1,60}:[$%]/i;
const fewestOptions = 2;

/** `%{name}`, as of installers, where the name of the file tells of one: httpd has such words in formats. */
const percentBraces = /%\{[a-z][a-z0-9_]{0,60}\}/g;
const letter = /[A-Za-z]/y;

/** `{$name.part}`, as of Smarty, where the name of the file tells of a template. */
const smarty = /\{\$[A-Za-z_][\w.]{0,80}\}/g;

/** `%name%`, as of hosting panels and installers, but no `%C3%` of an encoded URL. */
const percent = /(?<!%)%(?![\dA-Fa-f]{2}%)[A-Za-z][A-Za-z_]\w{0,60}%(?!%)/g;
const percentLine = /^[ \t]{0,80}%[A-Za-z][A-Za-z_]\w{0,60}%[ \t]{0,9};?[ \t]{0,9}\r?$/gm;
/** One may stand in a URL or a pattern; several make a template. */
const fewestPercents = 2;

/** `--name--`, as of scripts around `sed`. */
const dashes = /(?<![\w-])--[A-Za-z]\w{0,60}--(?![\w-])/g;

/** What only documents have: a line of periods, and what the reader is to fill in, as in `/srv/{name}/` and `<your name>`. */
// They look ahead before they look behind, as before each of many blanks they would look at all the others.
const omission =
  /(?=[[(<]?(?:\.\.|\u2026))(?<=^[ \t]*|\{[ \t]*)[[(<]?(?:\.{2,}|\u2026)(?:(?:[ \t]+(?:\.{2,}|\u2026))*[\])>]?;?(?=[ \t]*(?:#|(?:\}[ \t]*)?\r?$))|[ \t]*[A-Za-z(][^;{}\n]*$)/gm;
const blank =
  /\$\{[A-Za-z][\w-]*(?: [\w'-]+)+\}|(?<=[ \t])(?:\{[A-Za-z][\w-]*(?: [\w'-]+)+\}|\[[A-Za-z][\w-]*(?: [\w'-]+)+\])(?=[ \t]*[;/:])|(?<=[\w./:@"'=-])\{[A-Za-z][\w-]*(?: [\w-]+)*\}|(?<![$%])\{[A-Za-z][\w-]*\}(?=[\w./:-])|(?=<[A-Za-z])(?<=\S[ \t]+|[\w./:@"'=-])<[A-Za-z][^<>\n;{}"]*>/g;

/** In the order of the text; none where the text is no template. `filledIn`: tags that are known from elsewhere. */
export function tagsOf(text: string, path: string, isDocument: boolean, filledIn: readonly Span[] = []): Tag[] {
  const tags: Tag[] = filledIn.map(({ start, end }) => ({ kind: 'output', start, end }));
  const add = (spans: Iterable<Span>, kind: (tag: string) => TagKind): void => {
    for (const { start, end } of spans) tags.push({ kind: kind(text.slice(start, end)), start, end });
  };
  const isNamed = templateName.test(path);
  if (/\{\{|<%|\{%|\{#/.test(text)) {
    const all = delimited(text, jinjaName.test(path));
    const isSure = isNamed || all.some(({ start }) => beginsAt(sureMark, text, start));
    add(isSure ? all : matchesOf(shortTag, text), kindOf);
    // A server takes `{#` for a block with a comment, but not where nothing stands before it.
    if (!isSure)
      add(
        all.filter((tag) => isComment(tag, text)),
        () => 'silent',
      );
  }
  if (isNamed && !isDocument) {
    add(matchesOf(variable, text), () => 'output');
    add(matchesOf(standIn, text), () => 'omission');
    if (text.includes('{$')) add(matchesOf(smarty, text), () => 'output');
  }
  if (!isDocument) {
    if (text.includes('${')) {
      add(outsideComments(matchesOf(shellDefault, text), text), () => 'output');
      const isOpen = inConfig(text);
      add(matchesOf(capitals, text).filter(isOpen), () => 'output');
      const options = lookups.test(text) ? [] : outsideComments(matchesOf(option, text), text);
      if (options.length >= fewestOptions) add(options, () => 'output');
    }
    if (text.includes('@@') && !ownAts.test(text))
      add(outsideComments(matchesOf(doubleAts, text), text), () => 'output');
    if (isNamed && text.includes('%{')) {
      for (const span of matchesOf(percentBraces, text).filter(
        (each) => beginsItsLine(each, text) || !beginsAt(letter, text, each.end),
      ))
        // In front of a line it may become the sign of a comment.
        add([span], () => (beginsItsLine(span, text) && !endsItsLine(span, text) ? 'omission' : 'output'));
    }
  }
  const percents = text.includes('%') ? matchesOf(percent, text) : [];
  if (percents.length >= fewestPercents) {
    add(matchesOf(percentLine, text), () => 'omission');
    add(percents, () => 'output');
  }
  const dashed = !isDocument && text.includes('--') ? matchesOf(dashes, text) : [];
  if (dashed.length >= fewestPercents) add(dashed, () => 'output');
  if (!isDocument && text.includes('}')) add(matchesOf(braced, text), () => 'output');
  if (isDocument) {
    add(matchesOf(omission, text), () => 'omission');
    add(matchesOf(blank, text), () => 'output');
  }
  let end = 0;
  return tags
    .sort((a, b) => a.start - b.start)
    .filter((tag) => {
      if (tag.start < end) return false;
      end = tag.end;
      return true;
    });
}

function beginsAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}

function matchesOf(pattern: RegExp, text: string): Span[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
}

/** Without those on lines that are comments of both servers. `spans`: in the order of the text. */
function outsideComments(spans: readonly Span[], text: string): Span[] {
  let lineEnd = -1;
  let isComment = false;
  return spans.filter(({ start }) => {
    if (start > lineEnd) {
      isComment = beginsAt(commentSign, text, text.lastIndexOf('\n', start) + 1);
      lineEnd = text.indexOf('\n', start);
      if (lineEnd === -1) lineEnd = text.length;
    }
    return !isComment;
  });
}

/** httpd reads a line behind a backslash as the rest of the one before. */
function beginsItsLine({ start }: Span, text: string): boolean {
  let before = start - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before--;
  if (before < 0) return true;
  return text[before] === '\n' && text[text[before - 1] === '\r' ? before - 2 : before - 1] !== '\\';
}

/**
 * Whether a variable stands alone on its line, is not the rest of a statement of nginx that began before, and not defined in the text
 * itself, by a `set`, or a block such as `map`.
 */
function inConfig(text: string): (span: Span) => boolean {
  const isHttpd = /<(?:VirtualHost|IfModule|Directory|Location)\b/i.test(text);
  const defined = new Set([...text.matchAll(definitions)].map(([, set, block]) => set ?? block));
  return (span) =>
    beginsItsLine(span, text) &&
    endsItsLine(span, text) &&
    (isHttpd || endsStatement(text, text.lastIndexOf('\n', span.start))) &&
    !defined.has(text.slice(span.start + 2, span.end - 1));
}

const definitions = /\bset \$([A-Z_][A-Z0-9_]{0,60}) | \$([A-Z_][A-Z0-9_]{0,60}) \{/g;

/** Whether a line that ends there leaves nothing open; blank ones are passed over. */
function endsStatement(text: string, lineEnd: number): boolean {
  let end = lineEnd;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  if (end <= 0 || /[;{}>]/.test(text[end - 1]!)) return true;
  return beginsAt(commentSign, text, text.lastIndexOf('\n', end - 1) + 1);
}

function endsItsLine({ end }: Span, text: string): boolean {
  let behind = end;
  while (behind < text.length && /[ \t\r;]/.test(text[behind]!)) behind++;
  return behind === text.length || text[behind] === '\n';
}

const commentSign = /[ \t]*#/y;

/** From each opening sign to the nearest closing one, which is looked for once: an expression would look anew for each. */
function delimited(text: string, isJinja: boolean): Span[] {
  const nearest = new Map<string, number>();
  const next = (sign: string, from: number): number => {
    let at = nearest.get(sign) ?? -2;
    if (at !== -1 && at < from) nearest.set(sign, (at = text.indexOf(sign, from)));
    return at;
  };
  const spans: Span[] = [];
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const [sign] = match;
    const from = match.index + sign.length;
    const close = next(closing[sign.slice(0, 2)]!, from);
    if (close === -1) continue;
    const lineEnd = sign === '{#' && !isJinja && !beginsLine(text, match.index) ? next('\n', from) : -1;
    if (lineEnd !== -1 && lineEnd < close) continue;
    const end = close + (text.startsWith('}}}', close) ? 3 : 2);
    spans.push({ start: match.index, end });
    opening.lastIndex = end;
  }
  return spans;
}

function isComment({ start, end }: Span, text: string): boolean {
  return (
    text.startsWith('{#', start) && beginsLine(text, start) && /^[ \t]*(?:\r?\n|$)/.test(text.slice(end, end + 200))
  );
}

/** Whether only white space stands before it in the text's last line, and no block is left to be opened. */
function beginsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && /\s/.test(text[before]!)) before--;
  return (
    before < 0 ||
    (/[;{}]/.test(text[before]!) && text.slice(before, at).includes('\n')) ||
    text.startsWith('#}', before - 1)
  );
}

function kindOf(tag: string): TagKind {
  if (tag.startsWith('<%')) return kindOfErb(tag.slice(2, -2).replace(/-$/, ''));
  if (tag.startsWith('{%')) return kindOfJinja(tag.slice(2, -2).replace(/^[-+]|[-+]$/g, ''));
  return tag.startsWith('{#') ? 'silent' : kindOfCurly(tag.slice(2, -2).replace(/^[-~]|[-~]$/g, ''));
}

/** Ruby and Puppet. */
function kindOfErb(code: string): TagKind {
  if (code.startsWith('=')) return 'output';
  if (code.startsWith('#')) return 'silent';
  const statement = code.replace(/^-/, '').trim();
  if (/^(?:\}\s*)?(?:else|elsif|when|in|rescue|ensure)\b/.test(statement)) return 'branch';
  if (/^(?:end\b|\})/.test(statement)) return 'close';
  const opens = /^(?:if|unless|case|while|until|for|begin)\b/.test(statement) && !/\bend$/.test(statement);
  return opens || /(?:\bdo|\{)\s*(?:\|[^|]*\|\s*)?$/.test(statement) ? 'open' : 'silent';
}

const jinjaBlocks =
  /^(?:if|unless|ifequal|ifnotequal|ifchanged|for|case|block|call|filter|with|autoescape|raw|verbatim|comment|capture)\b/;

function kindOfJinja(code: string): TagKind {
  const statement = code.trim();
  if (/^(?:else|elif|elsif|elseif|when|empty)\b/.test(statement)) return 'branch';
  if (statement.startsWith('end')) return 'close';
  if (/^set\b[^=]*$/.test(statement)) return 'open';
  if (/^macro\b/.test(statement)) return 'definition';
  return jinjaBlocks.test(statement) ? 'open' : includesText(statement);
}

/** `include` puts text in its place, as an expression does. */
function includesText(statement: string): TagKind {
  return /^(?:include|import|render)\b/.test(statement) ? 'output' : 'silent';
}

/** Go and Handlebars have their statements in double curly braces, too. */
function kindOfCurly(code: string): TagKind {
  const statement = code.trim();
  if (/^define\b/.test(statement)) return 'definition';
  if (/^[#^]|^(?:if|range|with|block)\b/.test(statement)) return 'open';
  if (/^else\b/.test(statement)) return 'branch';
  if (/^(?:end$|\/\w)/.test(statement)) return 'close';
  return /^(?:[!]|\/\*|\$\w+\s*:?=)/.test(statement) || /^ansible_managed\b/.test(statement) ? 'silent' : 'output';
}
