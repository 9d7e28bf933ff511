/** Infers what a config of nginx is a piece of, from its top directives. */
import { nginxDirectives } from './facts/index.ts';
import type { NginxContext } from './facts/types.ts';
import type { Level } from '../../syntax/config.ts';
import { mayAdd } from './meaning/unread.ts';
import type { Block, ConfigFile, Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';

/** The levels at which an nginx file is included, the usual ones first: they win where the directives allow several. */
const levels: readonly (readonly [level: Level, context: NginxContext])[] = [
  ['http', 'http'],
  ['server', 'server'],
  ['location', 'location'],
  ['upstream', 'upstream'],
  ['stream', 'stream'],
  ['stream-server', 'stream-server'],
  ['mail', 'mail'],
  ['mail-server', 'mail-server'],
  ['events', 'events'],
  ['main', 'main'],
];

/**
 * The level that allows the most top directives. One that is misspelled or misplaced does not sway it; what only one
 * level allows (`location`, `listen`) settles it.
 */
export function inferNginxLevel(file: ConfigFile): Level {
  return levelOf(readAsMeant(file));
}

/**
 * Where a brace closes too much, what stands on the top level behind it was meant to stand deeper: the first directive
 * alone tells.
 */
function readAsMeant({ root, problems }: ConfigFile): readonly Directive[] {
  const directives = children(root);
  if (!problems.some(({ code }) => code === 'unexpected-close')) return directives;
  const first = directives.find(({ key }) => key !== 'include');
  if (!first || directives.some(isMainBlock)) return directives;
  // Its own opening brace may be the one that is missing.
  const [word] = first.args;
  const isCutOff = !first.block && word && first.parent.file.text.slice(first.name.end, word.start).includes('\n');
  return isCutOff ? [{ ...first, block: { ...root, directives: [] } }] : [first];
}

function levelOf(directives: readonly Directive[]): Level {
  if (directives.some(isMainBlock)) return 'main';
  const votes = new Map<NginxContext, number>();
  let known = 0;
  for (const directive of directives) {
    if (directive.key === 'include') continue;
    const contexts = contextsOf(directive);
    if (contexts.size > 0) known++;
    for (const context of contexts) votes.set(context, (votes.get(context) ?? 0) + 1);
  }
  if (known * 2 < directives.length && directives.some(isEntry) && isTable(directives)) return 'map';
  if (directives.some(({ key }) => key === 'proxy_pass') && directives.every(isForStream)) return 'stream-server';
  let best: Level = 'http';
  let most = 0;
  for (const [level, context] of levels) {
    const count = votes.get(context) ?? 0;
    if (count > most) [best, most] = [level, count];
  }
  return best;
}

/** `events`, `http`, `stream`, `mail` as blocks: only a whole config has them. */
function isMainBlock({ key, block, args, name, parent }: Directive): boolean {
  const last = args.at(-1);
  // Where the ";" of a directive before it is missing, the name of the block is its last word.
  if (block && last && /^(?:events|http|stream|mail)$/.test(last.raw)) {
    return parent.file.text.slice((args.at(-2) ?? name).end, last.start).includes('\n');
  }
  return block !== undefined && nginxDirectives(key).some((it) => it.block === true && it.contexts.join() === 'main');
}

/** Contexts that define the name in the form written: with a block or without. */
function contextsOf({ key, block }: Directive): Set<NginxContext> {
  const definitions = nginxDirectives(key).filter((it) => (it.block ?? block !== undefined) === (block !== undefined));
  const contexts = definitions.flatMap(({ contexts }) => contexts);
  if (block && key === 'server') return new Set(bestContexts(block, serverKinds));
  return block && key === 'if' ? new Set(bestContexts(block, ifKinds)) : new Set(contexts);
}

/** What a piece of a location cannot hold: `proxy_pass` to an address without scheme, and nothing beside it that only `http` has. */
function isForStream({ key, args, block }: Directive): boolean {
  if (key === 'proxy_pass')
    return args[0] !== undefined && !args[0].value.includes('$') && !args[0].value.includes('://');
  return (
    !block &&
    /^(?:proxy|ssl|listen|preread|resolver|access_log|error_log|allow|deny)/.test(key) &&
    isIn(key, 'stream-server')
  );
}

const serverKinds: readonly (readonly [outer: NginxContext, inner: NginxContext])[] = [
  ['http', 'server'],
  ['stream', 'stream-server'],
  ['mail', 'mail-server'],
];

const ifKinds: typeof serverKinds = [
  ['server', 'if-in-server'],
  ['location', 'if-in-location'],
];

/** Of which kind a block is, by what stands in it. */
function bestContexts(block: Block, kinds: typeof serverKinds): NginxContext[] {
  const fits = kinds.map(([, inner]) => children(block).filter(({ key }) => isIn(key, inner)).length);
  const most = Math.max(...fits);
  return kinds.filter((_, index) => fits[index] === most).map(([outer]) => outer);
}

function isIn(key: string, context: NginxContext): boolean {
  return nginxDirectives(key).some(({ contexts }) => contexts.includes(context));
}

/** A line of `map`, `geo`, `types`: its first word is no name of a directive. */
function isEntry({ key, block, args }: Directive): boolean {
  return block === undefined && args.length > 0 && nginxDirectives(key).length === 0;
}

/**
 * Whether lines of which most name no directive are entries of a table: some key is one that no directive could be called, and each
 * has one value, as in `map`, or types of files. Else they are directives that are misspelled.
 */
function isTable(directives: readonly Directive[]): boolean {
  const entries = directives.filter(isEntry);
  const isSure = entries.some(({ name: { raw } }) => /^(?:default|[A-Z]{2,3})$|^[^A-Za-z_]|[^\w]/.test(raw));
  return isSure && entries.every(({ key, args }) => args.length === 1 || key.includes('/'));
}

/** Whether nginx begins to read with it. */
export function isWholeNginx(root: Block): boolean {
  return children(root).some(isMainBlock);
}

/** Whether an include may hold more than was read of it. */
export function isUnreadByNginx(include: Directive): boolean {
  return mayAdd(include);
}

const innerBlocks: ReadonlySet<string> = new Set(['location', 'if', 'limit_except', 'upstream', 'map', 'geo', 'types']);

/** Blocks in which nothing can stand that belongs to a server, or to what is around it. */
export function isInnerNginx(key: string): boolean {
  return innerBlocks.has(key);
}
