/** Values of Access-Control-Allow-Origin. */
import { defaultPort } from '../../model/scheme.ts';
import { hasTemplateMark } from '../../text/template/placeholder.ts';

export type OriginFault = 'list' | 'pattern' | 'path' | 'scheme' | 'port' | 'capitals';

/** Why the value equals the origin of no page; undefined where it may. */
export function originFault(value: string): OriginFault | undefined {
  const text = value.trim();
  if (text === '' || text === '*' || text === 'null' || hasTemplateMark(text) || /[<>{}$%]/.test(text))
    return undefined;
  if (/[\s,]/.test(text)) return 'list';
  if (text.includes('*')) return 'pattern';
  const parts = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text);
  if (!parts) return 'scheme';
  const [, scheme = '', authority = '', rest = ''] = parts;
  if (rest !== '') return 'path';
  if (/[A-Z]/.test(text)) return 'capitals';
  const port = defaultPort(scheme);
  return port !== undefined && authority.endsWith(`:${port}`) ? 'port' : undefined;
}
