/** Changes one thing in a config, as somebody who edits it might: most change what it does, and most the servers accept. */
import { parseApache } from '../../../src/parsers/apache/parse.ts';
import { parseNginx } from '../../../src/parsers/nginx/parse.ts';
import type { Dialect, Directive } from '../../../src/syntax/tree.ts';
import { walk } from '../../../src/syntax/walk.ts';
import { SourceFile } from '../../../src/text/source.ts';
import type { Draw } from '../routing/random.ts';

interface Site {
  readonly text: string;
  readonly directives: readonly Directive[];
  readonly random: Draw;
}

/** Undefined: it found nothing to change. */
export function mutated(dialect: 'nginx' | 'apache', text: string, random: Draw): string | undefined {
  const directives: Directive[] = [];
  walk(parse(dialect, text).root, (directive) => {
    if (!kept.test(directive.key)) directives.push(directive);
  });
  return directives.length === 0 ? undefined : random.one(mutations)({ text, directives, random });
}

function parse(dialect: Dialect, text: string): ReturnType<typeof parseNginx> {
  const source = new SourceFile('a.conf', text);
  return dialect === 'nginx' ? parseNginx(source) : parseApache(source);
}

/** Both have the same sockets and certificates; names are those of all configs that share a process, or of the command line. */
const kept =
  /^(?:listen|ssl_certificate\w*|sslcertificate\w*|sslengine|server|virtualhost|upstream|map|geo|split_clients|define|ifdefine|dav_methods)$/;

const mutations: readonly ((site: Site) => string | undefined)[] = [
  without,
  moved,
  copied,
  otherWord,
  otherWord,
  otherNumber,
  withOpposite,
];

const cut = (text: string, from: number, to: number, by = ''): string => text.slice(0, from) + by + text.slice(to);

const isLine = ({ block }: Directive): boolean => block === undefined;

function without({ text, directives, random }: Site): string {
  const { start, end } = random.one(directives);
  return cut(text, start, end);
}

/** Behind its next neighbour. */
function moved({ text, directives, random }: Site): string | undefined {
  const first = random.one(directives);
  const siblings = first.parent.directives;
  const next = siblings[siblings.indexOf(first) + 1];
  if (!next || kept.test(next.key)) return undefined;
  const [a, between, b] = [
    text.slice(first.start, first.end),
    text.slice(first.end, next.start),
    text.slice(next.start, next.end),
  ];
  return cut(text, first.start, next.end, b + between + a);
}

function copied({ text, directives, random }: Site): string | undefined {
  const lines = directives.filter(isLine);
  if (lines.length < 2) return undefined;
  const { start, end, terminator } = random.one(lines);
  const { end: at } = random.one(lines);
  return cut(text, at, at, `\n${text.slice(start, end)}${terminator === 'newline' ? '' : ' '}`);
}

/** Another word that stands at this place of such a directive elsewhere. */
function otherWord({ text, directives, random }: Site): string | undefined {
  const target = random.one(directives);
  const index = random.below(Math.max(1, target.args.length));
  const word = target.args[index];
  const others = directives.flatMap(({ key, args }) => (key === target.key ? (args[index] ?? []) : []));
  const other = others.filter(({ raw }) => raw !== word?.raw);
  return word && other.length > 0 ? cut(text, word.start, word.end, random.one(other).raw) : undefined;
}

function otherNumber({ text, directives, random }: Site): string | undefined {
  const words = directives.flatMap(({ args }) =>
    args.filter(({ raw }) => /\d/.test(raw) && !/:\d{4,5}|\/diff-/.test(raw)),
  );
  if (words.length === 0) return undefined;
  const word = random.one(words);
  const digits = [...word.raw.matchAll(/\d/g)];
  const { index, 0: digit } = random.one(digits);
  return cut(text, word.start + index, word.start + index + 1, String((Number(digit) + 1 + random.below(3)) % 10));
}

const opposites: readonly (readonly [RegExp, string])[] = [
  [/\ballow\b/, 'deny'],
  [/\bdeny\b/, 'allow'],
  [/\ball granted\b/, 'all denied'],
  [/\ball denied\b/, 'all granted'],
  [/\b301\b/, '302'],
  [/\bon\b/, 'off'],
  [/\boff\b/, 'on'],
  [/\bredirect\b/, 'permanent'],
  [/\bpermanent\b/, 'redirect'],
  [/ \^~ /, ' '],
  [/ = /, ' '],
];

function withOpposite({ text, directives, random }: Site): string | undefined {
  const fits = directives.filter(isLine).flatMap(({ start, end }) => {
    const line = text.slice(start, end);
    return opposites.flatMap(([from, to]) => (from.test(line) ? [cut(text, start, end, line.replace(from, to))] : []));
  });
  return fits.length > 0 ? random.one(fits) : undefined;
}
