/** The ways in which a config is broken: each takes a tree and gives a text with one mistake, or undefined if it finds no place. */
import type { Span } from '../../../src/text/source.ts';
import type { ConfigFile, Directive, Word } from '../../../src/syntax/tree.ts';
import { walk } from '../../../src/syntax/walk.ts';
import type { Random } from './random.ts';
import type { Server } from './install.ts';

export interface Site {
  readonly text: string;
  readonly file: ConfigFile;
  /** All directives, depth first. */
  readonly directives: readonly Directive[];
  readonly random: Random;
}

type Mutation = (site: Site) => string | undefined;

export function siteOf(file: ConfigFile, random: Random): Site {
  const directives: Directive[] = [];
  walk(file.root, (directive) => directives.push(directive));
  return { text: file.source.text, file, directives, random };
}

function replace({ text }: Site, span: Span, replacement: string): string {
  return text.slice(0, span.start) + replacement + text.slice(span.end);
}

const insert = (site: Site, at: number, text: string): string => replace(site, { start: at, end: at }, text);
const textOf = ({ text }: Site, span: Span): string => text.slice(span.start, span.end);

function pickDirective(site: Site, fits: (directive: Directive) => boolean = () => true): Directive | undefined {
  return site.random.pick(site.directives.filter(fits));
}

function pickWord(site: Site, fits: (word: Word) => boolean = () => true): Word | undefined {
  return site.random.pick(site.directives.flatMap((directive) => directive.args.filter(fits)));
}

const letters = 'abcdefghijklmnopqrstuvwxyz_0123456789';

/** One character left out, doubled, replaced, or swapped with the next. */
function misspell(site: Site, span: Span): string {
  const { random } = site;
  const word = textOf(site, span);
  const at = random.below(word.length);
  const letter = letters[random.below(letters.length)]!;
  const variants = [
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + letter + word.slice(at),
    word.slice(0, at) + letter + word.slice(at + 1),
    word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2),
  ];
  return replace(site, span, random.pick(variants)!);
}

/** The last place of a directive's header: where another argument goes. */
const endOfHeader = (directive: Directive): number => (directive.args.at(-1) ?? directive.name).end;

const isSimple = (directive: Directive): boolean => directive.block === undefined;

/** Values that some type of argument refuses. */
const strangeValues = [
  '',
  '-1',
  '0',
  '1.5',
  '99999999999999999999',
  '10z',
  '20MB',
  '5 m',
  'yes',
  'ON',
  'true',
  '/no/where',
  '70000',
  '1:2:3',
  '999.1.2.3',
  '10.0.0.0/33',
  'http://',
  'ftp://x/',
  '[::1',
  '(',
  '*a',
  '+x',
  '$',
  '${',
  '%{',
  'a=b',
  '=',
  '!',
  '100%',
  '\\',
];

/** Those that ask for quotes where they hold white space or nothing. */
const quoted = (value: string): string => (value === '' || /\s/.test(value) ? `"${value}"` : value);

/** A directive's text on a line of its own in front of another one. */
function movedTo(site: Site, directive: Directive, target: Directive): string {
  const taken = { span: directive as Span, text: '' };
  const put = { span: { start: target.start, end: target.start }, text: `${textOf(site, directive)}\n` };
  const [later, earlier] = taken.span.start > put.span.start ? [taken, put] : [put, taken];
  return replace({ ...site, text: replace(site, later.span, later.text) }, earlier.span, earlier.text);
}

const shared: Readonly<Record<string, Mutation>> = {
  'misspelt-name': (site) => {
    const directive = pickDirective(site);
    return directive && misspell(site, directive.name);
  },
  'misspelt-argument': (site) => {
    const word = pickWord(site, ({ start, end }) => end > start);
    return word && misspell(site, word);
  },
  'extra-argument': (site) => {
    const directive = pickDirective(site, (it) => isSimple(it) || it.args.length > 0);
    const extra = site.random.pick(['extra', '1', 'on', '/x', '"two words"'])!;
    return directive && insert(site, endOfHeader(directive), ` ${extra}`);
  },
  'missing-argument': (site) => {
    const word = pickWord(site);
    return word && replace(site, word, '');
  },
  'strange-value': (site) => {
    const word = pickWord(site);
    return word && replace(site, word, quoted(site.random.pick(strangeValues)!));
  },
  'value-of-another': (site) => {
    const word = pickWord(site);
    const other = pickWord(site);
    return word && other && replace(site, word, textOf(site, other));
  },
  'damaged-number': (site) => {
    const word = pickWord(site, ({ value }) => /^\d+[a-zA-Z]?$/.test(value));
    return (
      word &&
      replace(
        site,
        word,
        textOf(site, word) + site.random.pick(['x', 'kb', '.5', '-', '0000000000000000000', 's', 'm'])!,
      )
    );
  },
  'wrong-context': (site) => {
    const directive = pickDirective(site);
    const target = pickDirective(site, (it) => it !== directive);
    return directive && target && insert(site, target.start, `${textOf(site, directive)}\n`);
  },
  'at-top': (site) => {
    const directive = pickDirective(site);
    return directive && insert(site, 0, `${textOf(site, directive)}\n`);
  },
  duplicate: (site) => {
    const directive = pickDirective(site);
    return directive && insert(site, directive.end, `\n${textOf(site, directive)}`);
  },
  removed: (site) => {
    const directive = pickDirective(site);
    return directive && replace(site, directive, '');
  },
  'unclosed-quote': (site) => {
    const word = pickWord(site);
    return word && insert(site, site.random.pick([word.start, word.end])!, site.random.pick(['"', "'"])!);
  },
  'swapped-arguments': (site) => {
    const directive = pickDirective(site, (it) => it.args.length > 1);
    if (!directive) return undefined;
    const [first, second] = directive.args as unknown as [Word, Word];
    const between = site.text.slice(first.end, second.start);
    return replace(site, { start: first.start, end: second.end }, textOf(site, second) + between + textOf(site, first));
  },
  moved: (site) => {
    const directive = pickDirective(site, isSimple);
    const target = pickDirective(site, (it) => it !== directive);
    return directive && target && movedTo(site, directive, target);
  },
  'wrong-port': (site) => {
    const word = pickWord(site, ({ value }) => /:\d/.test(value) && !value.includes('zone='));
    const port = site.random.pick([':0', ':65536', ':70000', ':', ':80x', ':-1', '::80', ':80:80', ':http'])!;
    return word && replace(site, word, textOf(site, word).replace(/:\d+/, port));
  },
  'parameter-of-another': (site) => {
    const directive = pickDirective(site, isSimple);
    const other = site.random.pick(
      site.directives.filter((it) => it !== directive && it.key === directive?.key && it.args.length > 1),
    );
    const word = other && site.random.pick(other.args);
    return directive && word && insert(site, endOfHeader(directive), ` ${textOf(site, word)}`);
  },
  'argument-twice': (site) => {
    const word = pickWord(site);
    return word && insert(site, word.end, ` ${textOf(site, word)}`);
  },
  'arguments-in-one': (site) => {
    const directive = pickDirective(site, (it) => it.args.length > 1);
    if (!directive) return undefined;
    const span = { start: directive.args[0]!.start, end: directive.args.at(-1)!.end };
    return replace(site, span, `"${textOf(site, span).replaceAll('"', '')}"`);
  },
  'typographic-quote': (site) => {
    const word = pickWord(site, ({ quote }) => quote !== '');
    return word && replace(site, word, `\u201c${word.value}\u201d`);
  },
  'other-unit': (site) => {
    const word = pickWord(site, ({ value }) => /^\d+[a-zA-Z]*$/.test(value));
    const unit = site.random.pick([
      'ms',
      's',
      'm',
      'h',
      'd',
      'w',
      'M',
      'y',
      'k',
      'K',
      'g',
      'G',
      'kb',
      'MB',
      'sec',
      '%',
    ])!;
    return word && replace(site, word, textOf(site, word).replace(/[a-zA-Z]+(?=["']?$)|(?<=\d)$/, unit));
  },
  'value-of-key': (site) => {
    const word = pickWord(site, ({ value }) => /^[\w-]+=/.test(value));
    const value = quoted(site.random.pick(strangeValues)!);
    return word && replace(site, word, `${word.value.slice(0, word.value.indexOf('=') + 1)}${value}`);
  },
  'damaged-regex': (site) => {
    const word = pickWord(site, ({ value }) => /[\^$()*+?|]/.test(value));
    return (
      word &&
      insert(
        site,
        word.start + Math.max(1, site.random.below(word.end - word.start)),
        site.random.pick(['(', ')', '[', '*', '{2', '(?<'])!,
      )
    );
  },
};

const nginx: Readonly<Record<string, Mutation>> = {
  'missing-semicolon': (site) => {
    const directive = pickDirective(site, (it) => it.terminator === ';');
    return directive && replace(site, { start: directive.end - 1, end: directive.end }, '');
  },
  'missing-open-brace': (site) => {
    const open = pickDirective(site, (it) => Boolean(it.block?.open))?.block?.open;
    return open && replace(site, open, '');
  },
  'missing-close-brace': (site) => {
    const close = pickDirective(site, (it) => Boolean(it.block?.close))?.block?.close;
    return close && replace(site, close, '');
  },
  'stray-token': (site) => {
    const directive = pickDirective(site);
    return directive && insert(site, directive.start, site.random.pick(['; ', '} ', '{ ', '{} ', '# '])!);
  },
  'semicolon-for-block': (site) => {
    const block = pickDirective(site, (it) => it.block?.kind === 'braces')?.block;
    return block && replace(site, block, ';');
  },
  'block-for-semicolon': (site) => {
    const directive = pickDirective(site, (it) => it.terminator === ';');
    return directive && replace(site, { start: directive.end - 1, end: directive.end }, ' {}');
  },
  'unknown-variable': (site) => {
    const word = pickWord(site);
    return word && insert(site, word.end - (word.quote === '' ? 0 : 1), '$no_such_variable');
  },
};

const apache: Readonly<Record<string, Mutation>> = {
  'missing-closing-tag': (site) => {
    const close = pickDirective(site, (it) => Boolean(it.block?.close))?.block?.close;
    return close && replace(site, close, '');
  },
  'missing-opening-tag': (site) => {
    const open = pickDirective(site, (it) => Boolean(it.block?.open))?.block?.open;
    return open && replace(site, open, '');
  },
  'wrong-closing-tag': (site) => {
    const close = pickDirective(site, (it) => Boolean(it.block?.close))?.block?.close;
    return (
      close &&
      replace(site, close, `</${site.random.pick(['Directory', 'Location', 'VirtualHost', 'IfModule', 'Files'])}>`)
    );
  },
  'misspelt-closing-tag': (site) => {
    const close = pickDirective(site, (it) => Boolean(it.block?.close))?.block?.close;
    return close && misspell(site, { start: close.start + 2, end: close.end - 1 });
  },
  'missing-angle-bracket': (site) => {
    const block = pickDirective(site, (it) => Boolean(it.block?.open))?.block;
    const tag = site.random.pick([block?.open, block?.close]);
    return tag && replace(site, { start: tag.end - 1, end: tag.end }, '');
  },
  'comment-behind': (site) => {
    const directive = pickDirective(site, isSimple);
    return directive && insert(site, endOfHeader(directive), ' # why');
  },
  'continued-line': (site) => {
    const directive = pickDirective(site, isSimple);
    return directive && insert(site, endOfHeader(directive), ' \\');
  },
  'unknown-variable': (site) => {
    const word = pickWord(site);
    return (
      word &&
      insert(site, word.end - (word.quote === '' ? 0 : 1), site.random.pick(['${NO_SUCH}', '%{NO_SUCH}', '$9'])!)
    );
  },
};

/** A bracket of libconfig that is left out, or another one. */
const brackets: Mutation = (site) => {
  const places = [...site.text.matchAll(/[(){}[\]]/g)];
  const place = site.random.pick(places);
  return (
    place &&
    replace(
      site,
      { start: place.index, end: place.index + 1 },
      site.random.pick(['', '(', ')', '{', '}', '[', ']', place[0] + place[0]])!,
    )
  );
};

const separators: Mutation = (site) => {
  const place = site.random.pick([...site.text.matchAll(/[:=;,]/g)]);
  return (
    place &&
    replace(
      site,
      { start: place.index, end: place.index + 1 },
      site.random.pick(['', ':', '=', ';', ',', place[0] + place[0]])!,
    )
  );
};

const unquoted: Mutation = (site) => {
  const word = pickWord(site, ({ quote }) => quote !== '');
  return word && replace(site, word, word.value);
};

const otherType: Mutation = (site) => {
  const word = pickWord(site);
  return (
    word &&
    replace(
      site,
      word,
      site.random.pick([
        '1',
        '0x1F',
        '-3',
        '1.5',
        'true',
        '"text"',
        '"a" "b"',
        '[ ]',
        '( )',
        '{ }',
        '[ 1, "a" ]',
        '10L',
      ])!,
    )
  );
};

export const sslhMutations: Readonly<Record<string, Mutation>> = {
  ...shared,
  brackets,
  separators,
  unquoted,
  'other-type': otherType,
};

export const mutationsOf: Readonly<Record<Server, Readonly<Record<string, Mutation>>>> = {
  nginx: { ...shared, ...nginx },
  apache: { ...shared, ...apache },
};
