/**
 * Texts beside the name of a file that they become: Ansible's `copy`, `blockinfile` and `lineinfile`, cloud-init's `write_files` and their
 * kin; and scalars that are called like a config, as in the values of Helm charts.
 * Sources: https://docs.ansible.com/ansible/latest/collections/ansible/builtin/ and https://docs.cloud-init.io/en/latest/reference/modules.html
 */
import { hintOf } from '../../../servers/detection/hints.ts';
import type { HeldScalar } from './held.ts';
import { textOf, valueOf, type YamlMap } from './nodes.ts';

const paths = ['dest', 'path', 'destfile', 'name', 'filename', 'target'];

/** What a map holds: the text, and where it goes. */
export function* filePieces(map: YamlMap): Generator<HeldScalar> {
  const encoding = textOf(valueOf(map, 'encoding'));
  // What is encoded is no text.
  if (valueOf(map, 'encoding') && !(encoding !== undefined && /^(?:text\/plain|utf-?8)$/i.test(encoding))) return;
  const path = textOf(valueOf(map, ...paths));
  if (path === undefined) return;
  const text = valueOf(map, 'content', 'contents', 'block');
  if (text?.kind === 'scalar') yield { scalar: text, name: path };
  const line = valueOf(map, 'line');
  // A line may open a block that another one closes.
  const isWhole = line?.kind === 'scalar' && !/[{}]|^\s*<|\n./.test(line.value.replace(/\{\{[^{}]*\}\}/g, ''));
  if (line && isWhole && isServerPath(path)) yield { scalar: line, name: path };
}

/** Of which only files of a server are named. */
function isServerPath(path: string): boolean {
  return hintOf(path) !== undefined && !/\/(?:default|sysconfig|logrotate\.d)\//.test(path);
}

function isNameOfConfig(key: string): boolean {
  if (/\.(?:conf|cfg|vhost|nginx)$/.test(key) || /^(?:server|http|stream|location)[-_]?blocks?$/i.test(key))
    return true;
  return (
    /^(?:nginx|apache|httpd|sslh)/.test(key) && (key.length < 7 || /(?:conf|cfg|config|block|snippet)s?$/i.test(key))
  );
}

/** Literal blocks under keys that are called like a config. */
export function* namedPieces(map: YamlMap): Generator<HeldScalar> {
  for (const { key, value } of map.entries)
    if (value?.kind === 'scalar' && value.isLiteral && isNameOfConfig(key)) yield { scalar: value, name: key };
}
