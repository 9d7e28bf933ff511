/**
 * Kubernetes: ConfigMaps, Secrets with `stringData`, and the snippets of ingress controllers, of which it is known where they are put.
 * Sources: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/{annotations,configmap}/ (controller 1.11) and
 * https://docs.nginx.com/nginx-ingress-controller/configuration/ (3.6).
 */
import type { Level } from '../../../syntax/config.ts';
import { wordTable } from '../../../text/word-table.ts';
import type { HeldScalar } from './held.ts';
import { entriesOf, textOf, valueOf, type YamlMap } from './nodes.ts';

/** Names without the `s` at their end that nginx's own controller has. */
const snippetLevels: Readonly<Record<string, Level | undefined>> = wordTable({
  'main-snippet': 'main',
  'http-snippet': 'http',
  'server-snippet': 'server',
  'location-snippet': 'location',
  'configuration-snippet': 'location',
  'auth-snippet': 'location',
  'stream-snippet': 'stream',
});

/** What a map of the file holds: an object, or the annotations of one. */
export function* kubernetesPieces(map: YamlMap): Generator<HeldScalar> {
  for (const { key, value } of map.entries) {
    // The prefix can be chosen.
    const level = key.includes('/') ? levelOf(key.slice(key.indexOf('/') + 1)) : undefined;
    if (level && value?.kind === 'scalar') yield { scalar: value, dialect: 'nginx', level };
  }
  const kind = textOf(valueOf(map, 'kind'));
  if (kind !== 'ConfigMap' && kind !== 'Secret') return;
  for (const { key, value } of entriesOf(valueOf(map, kind === 'Secret' ? 'stringData' : 'data'))) {
    if (value?.kind !== 'scalar') continue;
    const level = levelOf(key);
    yield level ? { scalar: value, dialect: 'nginx', level } : { scalar: value, name: key };
  }
}

function levelOf(name: string): Level | undefined {
  return snippetLevels[name.replace(/s$/, '')];
}
