import { isOn } from '../../servers/nginx/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { ProxyRoute } from './backends.ts';

/** Why events have to wait: in HTTP/1.1 the backend sends chunks, which nginx passes on as they come. */
export function delayOf({ backend, scope }: Pick<ProxyRoute, 'backend' | 'scope'>): 'version' | Directive | undefined {
  if (backend.httpVersion.value === '1.0') return 'version';
  if (!isOn(scope, 'gzip')) return undefined;
  return scope.effective('gzip_types').find(({ args }) => args.some(({ value }) => compressedTypes.has(value)));
}

const compressedTypes: ReadonlySet<string> = new Set(['text/event-stream', '*']);
