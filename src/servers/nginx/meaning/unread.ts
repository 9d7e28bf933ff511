import { nginxDirectives } from '../facts/index.ts';
import { standsForDirectives } from './placeholder.ts';
import type { Config } from '../../../syntax/config.ts';
import type { SourceFile, Span } from '../../../text/source.ts';
import type { Block, Directive, Word } from '../../../syntax/tree.ts';
import { hasGap } from '../../../syntax/template-gaps.ts';
import { children } from '../../../syntax/walk.ts';
import { wordTable } from '../../../text/word-table.ts';

/** Files that packages ship and whose content is known: what they may set, none for tables of types and parameters. */
const knownFiles: Readonly<Record<string, RegExp | undefined>> = wordTable({
  'mime.types': undefined,
  fastcgi_params: undefined,
  'fastcgi.conf': undefined,
  'fastcgi-php.conf': undefined,
  uwsgi_params: undefined,
  scgi_params: undefined,
  'koi-utf': undefined,
  'koi-win': undefined,
  'win-utf': undefined,
  'naxsi_core.rules': undefined,
  'options-ssl-nginx.conf': /^ssl_/,
  'snakeoil.conf': /^ssl_/,
});

/**
 * Whether something stands here that could not be read and may set directives of this key (without a key: any): an include that was not
 * expanded, a placeholder of a template in the place of a directive, or a directive that ran into this one for want of a semicolon.
 */
export function mayAdd(directive: Directive, key?: string): boolean {
  if (directive.key !== 'include') return standsForDirectives(directive.key) || swallowedBy(directive) !== undefined;
  if (directive.included && !directive.includeFailure) return false;
  if (/^(?:cycle|no-match)$/.test(directive.includeFailure?.reason ?? '')) return false;
  const path = directive.args[0]?.value ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!(name in knownFiles)) return true;
  const content = knownFiles[name];
  return content !== undefined && (key === undefined || content.test(key));
}

/** Whether directives of this key may stand in the block that were not read, or only some of those that were. */
export function isPartlyRead(block: Block, key: string): boolean {
  return hasGap(block) || children(block).some((directive) => mayAdd(directive, key));
}

/** A word at the head of a line that names a directive, after other arguments: the semicolon before it is missing. */
export function swallowedBy({ args, parent }: Directive): Word | undefined {
  for (let index = 1; index < args.length; index++) {
    if (!hasLineBreak(parent.file.text, args[index - 1]!.end, args[index]!.start)) continue;
    if (nginxDirectives(args[index]!.value).length > 0) return args[index];
  }
  return undefined;
}

function hasLineBreak(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === lineFeed) return true;
  return false;
}

const lineFeed = 10;

/** The places where the parser of a file lost the structure; files without such places are left out. */
export function damageOf(config: Config): Map<SourceFile, Span[]> {
  const damage = new Map<SourceFile, Span[]>();
  for (const { source, problems } of config.files) {
    const spans = problems.filter(({ code }) => code !== 'missing-semicolon');
    if (spans.length > 0) damage.set(source, spans);
  }
  return damage;
}
