/** The entries of `listen` and `protocols`, as the rules of sslh read them. */
import { canonicalSetting, type SslhScope } from '../facts/index.ts';
import type { Place } from '../../../text/source.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive, Word } from '../../../syntax/tree.ts';
import { hasGap } from '../../../syntax/template-gaps.ts';
import { isPlaceholder } from './placeholder.ts';
import { children } from '../../../syntax/walk.ts';

/** A group of settings: the whole file or an entry of a list. */
export interface Group {
  readonly scope: SslhScope;
  /** The group as an element of its list; undefined for the file. */
  readonly directive: Directive | undefined;
  readonly block: Block;
  /** By the name that the facts use; the first where a name is written twice. */
  readonly settings: ReadonlyMap<string, Directive>;
  /** True when an include was not read or a template may add settings, so that nothing can be said to be missing. */
  readonly open: boolean;
}

export interface SslhConfig {
  readonly main: Group;
  readonly listen: readonly Group[];
  readonly protocols: readonly Group[];
  /** True when elements of `listen` or `protocols` could not be read as groups, or a template may add some. */
  readonly incomplete: boolean;
}

const configs = new WeakMap<Block, SslhConfig>();

export function sslhConfig({ config }: { readonly config: Config }): SslhConfig {
  const { root } = config.file;
  let read = configs.get(root);
  if (!read) configs.set(root, (read = readConfig(root)));
  return read;
}

function readConfig(root: Block): SslhConfig {
  const main = groupOf('main', undefined, root);
  const listen = elementsOf(main.settings.get('listen'));
  const protocols = elementsOf(main.settings.get('protocols'));
  const toGroups = (elements: readonly Directive[], scope: SslhScope): Group[] =>
    elements.flatMap((element) => (element.block?.kind === 'group' ? groupOf(scope, element, element.block) : []));
  const read = { main, listen: toGroups(listen, 'listen'), protocols: toGroups(protocols, 'protocols') };
  const isOpen = ['listen', 'protocols'].some((name) => {
    const block = main.settings.get(name)?.block;
    return block !== undefined && hasGap(block);
  });
  const isUnread = read.listen.length + read.protocols.length < listen.length + protocols.length;
  return { ...read, incomplete: isOpen || isUnread };
}

function elementsOf(list: Directive | undefined): readonly Directive[] {
  return list?.block ? children(list.block) : [];
}

function groupOf(scope: SslhScope, directive: Directive | undefined, block: Block): Group {
  const settings = new Map<string, Directive>();
  let open = hasGap(block);
  for (const setting of children(block)) {
    if (setting.key === '@include') open ||= !setting.included?.length || setting.includeFailure !== undefined;
    const name = canonicalSetting(scope, setting.key);
    if (!settings.has(name)) settings.set(name, setting);
  }
  return { scope, directive, block, settings, open };
}

/** The value of a string setting, adjacent strings joined; undefined for anything else, and where a template or `envsubst` fills it in. */
export function stringOf(setting: Directive | undefined): string | undefined {
  if (!setting || setting.args.length === 0 || setting.args.some((word) => word.quote !== '"')) return undefined;
  const value = setting.args.map((word) => word.value).join('');
  return isPlaceholder(value) ? undefined : value;
}

export function stringIn(group: Group, name: string): string | undefined {
  return stringOf(group.settings.get(name));
}

/** True only for a boolean `true`, in any case. */
export function isTrue(group: Group, name: string): boolean {
  const words = group.settings.get(name)?.args;
  return words?.length === 1 && words[0]!.quote === '' && words[0]!.value.toLowerCase() === 'true';
}

/** A string of an array. */
export interface NamedString {
  readonly value: string;
  readonly word: Word;
  readonly directive: Directive;
}

export function stringsIn(group: Group, name: string): NamedString[] {
  return elementsOf(group.settings.get(name)).flatMap((directive) => {
    const value = stringOf(directive);
    return value === undefined ? [] : { value, word: directive.args[0]!, directive };
  });
}

/** The place for a finding about something that a group lacks: its opening brace. */
export function openerOf({ block }: Group): Place {
  return { file: block.file, start: block.open?.start ?? 0, end: block.open?.end ?? 0 };
}
