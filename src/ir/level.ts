/** Infers what a config without a named level is a piece of, from its top directives. */
import { nginxDirectives } from '../facts/nginx/index.ts';
import type { NginxContext } from '../facts/nginx/types.ts';
import { apacheLevel } from './level-apache.ts';
import type { Level } from './config.ts';
import type { ConfigFile, Directive } from './syntax.ts';
import { children } from './walk.ts';

/** The levels at which an nginx file is included, the usual ones first: they win where the directives allow several. */
const nginxLevels: readonly (readonly [level: Level, context: NginxContext])[] = [
  ['main', 'main'],
  ['http', 'http'],
  ['server', 'server'],
  ['location', 'location'],
  ['upstream', 'upstream'],
  ['stream', 'stream'],
  ['stream-server', 'stream-server'],
  ['mail', 'mail'],
  ['mail-server', 'mail-server'],
  ['events', 'events'],
];

/**
 * The level that allows the most top directives. One that is misspelled or misplaced does not sway it; what only one
 * level allows (`location`, `listen`) settles it.
 */
export function inferLevel(file: ConfigFile): Level {
  switch (file.dialect) {
    case 'nginx':
      return nginxLevel(children(file.root));
    case 'apache':
      return apacheLevel(file);
    case 'sslh':
      return 'main';
  }
}

function nginxLevel(directives: readonly Directive[]): Level {
  if (directives.some(isMainBlock)) return 'main';
  const votes = new Map<NginxContext, number>();
  let known = 0;
  for (const directive of directives) {
    if (directive.key === 'include') continue;
    const contexts = contextsOf(directive);
    if (contexts.size > 0) known++;
    for (const context of contexts) votes.set(context, (votes.get(context) ?? 0) + 1);
  }
  if (known * 2 < directives.length && directives.some(isEntry)) return 'map';
  let best: Level = 'http';
  let most = 0;
  for (const [level, context] of nginxLevels) {
    const count = votes.get(context) ?? 0;
    if (count > most) [best, most] = [level, count];
  }
  return best;
}

/** `events`, `http`, `stream`, `mail` as blocks: only a whole config has them. */
function isMainBlock({ key, block }: Directive): boolean {
  return block !== undefined && nginxDirectives(key).some((it) => it.block === true && it.contexts.join() === 'main');
}

/** Contexts that define the name in the form written: with a block or without. */
function contextsOf({ key, block }: Directive): Set<NginxContext> {
  const definitions = nginxDirectives(key).filter((it) => (it.block ?? block !== undefined) === (block !== undefined));
  return new Set(definitions.flatMap(({ contexts }) => contexts));
}

/** A line of `map`, `geo`, `types`: its first word is no name of a directive. */
function isEntry({ key, block, args }: Directive): boolean {
  return block === undefined && args.length > 0 && nginxDirectives(key).length === 0;
}
