/** What a YAML file says, as far as it matters here, whichever way it was read. */
import type { MappedText } from '../../../text/mapped-text.ts';

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  readonly value: YamlNode | undefined;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly (YamlNode | undefined)[];
}

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: string;
  /** Written letter by letter, but for its indentation. */
  readonly isLiteral: boolean;
  /** The value with its places. */
  readonly content: () => MappedText;
}

export type YamlNode = YamlMap | YamlList | YamlScalar;

/** What stands below the first of the keys that the map has. */
export function valueOf(node: YamlNode | undefined, ...keys: readonly string[]): YamlNode | undefined {
  if (node?.kind !== 'map') return undefined;
  for (const key of keys) {
    const entry = node.entries.find((each) => each.key === key);
    if (entry) return entry.value;
  }
  return undefined;
}

export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.value : undefined;
}

export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** All nodes, each before what is in it. */
export function* nodesIn(root: YamlNode | undefined): Generator<{ readonly node: YamlNode; readonly key: string }> {
  const waiting: { node: YamlNode | undefined; key: string }[] = [{ node: root, key: '' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, key } = next;
    if (!node) continue;
    yield { node, key };
    if (node.kind === 'map') for (const { key, value } of node.entries) waiting.push({ node: value, key });
    else if (node.kind === 'list') for (const item of node.items) waiting.push({ node: item, key });
  }
}
