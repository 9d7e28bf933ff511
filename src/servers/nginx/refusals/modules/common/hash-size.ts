/** Sizes of hash tables: `ngx_hash_init` builds no table of the size 0 as soon as there is something to put into one. */
import { enclosingNamed, type Block, type Directive } from '../../../../../syntax/tree.ts';
import { children } from '../../../../../syntax/walk.ts';
import { parseNumber, parseSize } from '../../../meaning/values.ts';
import { levelOf, ownSettings } from '../../in-force.ts';
import { refuseForm } from '../../refuse.ts';
import type { NginxCheck, Run } from '../../run.ts';

/** @param isFilled whether something is surely put into the table; else 0 is no more than dangerous */
function sizeCheck(isFilled: (directive: Directive, run: Run) => boolean): NginxCheck {
  return (directive, run) => {
    const word = directive.args[0]!;
    const size = directive.key.endsWith('_max_size') ? parseNumber(word.value) : parseSize(word.value);
    if (size !== 0) return;
    refuseForm(run, directive, word, 'a size above 0', isFilled(directive, run) ? 'error' : 'warning');
  };
}

function sizes(table: string, check: NginxCheck): Record<string, NginxCheck> {
  return { [`${table}_hash_max_size`]: check, [`${table}_hash_bucket_size`]: check };
}

/** Of the variables of nginx itself. */
export const variablesHash = sizes(
  'variables',
  sizeCheck(() => true),
);

/** Each server gets a table, which locations that set another size need not have. */
const perServer = sizeCheck((directive, run) => {
  const level = levelOf(directive, run);
  if (level.owner?.key === 'server') return true;
  return (
    level.owner?.key === 'http' && ownSettings(run, level, 'server').some((server) => !sets(server, directive.key))
  );
});

function sets({ block }: Directive, key: string): boolean {
  return block !== undefined && children(block).some((directive) => directive.key === key);
}

export const typesHash = sizes('types', perServer);
export const proxyHeadersHash = sizes('proxy_headers', perServer);

/** Of the names of servers that share a socket. */
export const serverNamesHash = { server_names_hash_max_size: sizeCheck(() => false) };

export const mapHash = sizes(
  'map',
  sizeCheck((directive, run) => ownSettings(run, levelOf(directive, run), 'map').some(({ block }) => hasText(block))),
);

/** Patterns and the default stand in no table. */
function hasText(block: Block | undefined): boolean {
  return (
    block !== undefined &&
    children(block).some(
      ({ key, args }) => args.length === 1 && key !== 'default' && key !== 'include' && !key.startsWith('~'),
    )
  );
}

export const refererHash = sizes(
  'referer',
  sizeCheck(
    (directive, run) =>
      enclosingNamed(directive, 'server') !== undefined &&
      ownSettings(run, levelOf(directive, run), 'valid_referers').length > 0,
  ),
);
