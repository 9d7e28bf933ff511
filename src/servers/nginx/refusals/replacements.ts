/** What stands in the place of a parameter or directive that nginx no longer wants. */
import type { Config } from '../../../syntax/config.ts';
import type { Edit } from '../../../text/edit.ts';
import type { Place, SourceFile } from '../../../text/source.ts';
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { deleteDirective, deleteWord, insertAfter } from '../../../edits/statements.ts';
import { isOff, isOn } from '../meaning/settings.ts';

interface Replacement {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly Edit[];
}

/**
 * `listen 443 ssl http2` becomes `listen 443 ssl` with `http2 on` in its server. The parameter holds for all servers of the socket,
 * the directive for one.
 */
export function http2Directive(listen: Directive, word: Word): Replacement {
  const others = children(listen.parent);
  const isFirst = others.find((other) => other.key === 'listen' && http2Of(other)) === listen;
  const removal = deleteWord(listen, word);
  const edits =
    isFirst && !others.some(({ key }) => key === 'http2') ? [removal, insertAfter(listen, 'http2 on')] : [removal];
  return { title: 'Use the directive "http2"', safety: 'unsafe', edits };
}

/** The parameter of a `listen`, which no version takes for its address. */
export function http2Of({ args }: Directive): Word | undefined {
  return args.find(({ value }, index) => index > 0 && value === 'http2');
}

/** What a report about a directive as a whole offers. `isRefused`: by the version that is in use, not only by the newest. */
export function fixOf(directive: Directive, isRefused: boolean): { readonly fix?: Replacement } {
  const fix = directive.key === 'ssl' ? listenSsl(directive) : undefined;
  return fix ? { fix: { ...fix, safety: isRefused ? 'safe' : 'unsafe' } } : {};
}

/**
 * `ssl on` becomes the parameter of each `listen` beside it; `ssl off` is what goes without saying, but for a version that
 * knows it and an `ssl on` further out. The parameter holds for all servers of the socket, the directive for one.
 */
function listenSsl(ssl: Directive): Omit<Replacement, 'safety'> | undefined {
  const removal = deleteDirective(ssl);
  if (isOff(ssl)) return { title: 'Delete "ssl off"', edits: [removal] };
  const listens = children(ssl.parent).filter(({ key, args }) => key === 'listen' && args.length > 0);
  if (!isOn(ssl) || listens.length === 0 || listens.some(({ parent }) => parent.file !== ssl.parent.file))
    return undefined;
  const plain = listens.filter(({ args }) => !args.some((word) => word.value === 'ssl'));
  const additions = plain.map((listen) => {
    const { end } = listen.args[0]!;
    return { place: placeIn(listen, { start: end, end }), text: ' ssl' };
  });
  return { title: 'Use "listen ... ssl"', edits: [removal, ...additions] };
}

/** A line that says again what the first one says; another value has to go too, but which of the two is meant is not known. */
export function repetitionFix(directive: Directive, first: Directive): { readonly fix?: Replacement } {
  if (directive.block || directive.terminator === 'none') return {};
  const edits = [deleteDirective(directive)];
  if (valuesOf(directive) === valuesOf(first))
    return { fix: { title: 'Delete the repetition', safety: 'safe', edits } };
  return { fix: { title: 'Keep the first', safety: 'unsafe', edits } };
}

function valuesOf({ args }: Directive): string {
  return args.map(({ value }) => value).join('\0');
}

/** A block whose brace was forgotten: its first line ends where the brace belongs, and somewhere a closing one is left over. */
export function braceFix({ name, args, parent }: Directive, config: Config): { readonly fix?: Replacement } {
  const { file } = parent;
  const newline = file.text.slice(name.end, args.at(-1)?.end ?? name.end).indexOf('\n');
  if (newline === -1 || !surplusIn(config).has(file)) return {};
  const last = args.findLast((word) => word.end <= name.end + newline);
  if (!last || last === args.at(-1)) return {};
  const place = { file, start: last.end, end: last.end };
  return { fix: { title: 'Insert "{"', safety: 'unsafe', edits: [{ place, text: ' {' }] } };
}

/** The `;` that is missing. What nginx accepts without it does something else with it. */
export function endHere(place: Place, isRefused: boolean): Replacement {
  return { title: 'Insert ";"', safety: isRefused ? 'safe' : 'unsafe', edits: [{ place, text: ';' }] };
}

const surplus = new WeakMap<Config, ReadonlySet<SourceFile>>();

/** The files in which a closing brace is left over. */
function surplusIn(config: Config): ReadonlySet<SourceFile> {
  let files = surplus.get(config);
  if (!files) {
    const having = config.files.filter(({ problems }) => problems.some(({ code }) => code === 'unexpected-close'));
    surplus.set(config, (files = new Set(having.map(({ source }) => source))));
  }
  return files;
}
