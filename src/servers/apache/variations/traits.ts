/** What a client sends so that a variable of httpd has a value. */
import {
  clientTraits,
  comparedMethodTraits,
  headerTraits,
  methodTraits,
  nameTraits,
  pathTraits,
  queryTraits,
  type Trait,
} from '../../../model/variation.ts';
import { sampleTexts } from '../../../regex/sample.ts';
import { wordTable } from '../../../text/word-table.ts';

const samplesOfPattern = 4;

/** A comparison of a variable, its name without `%{}`: `HTTP:X-Test`, `REQUEST_URI`, and a text or pattern. */
export interface Comparison {
  readonly name: string;
  readonly value: string;
  readonly isPattern: boolean;
}

export function traitsOf({ name, value, isPattern }: Comparison): readonly Trait[] {
  const values = isPattern ? sampleTexts(value, samplesOfPattern) : [value];
  const header = headerOf(name);
  if (header !== undefined) return headerTraits(header, values);
  switch (name.toUpperCase()) {
    case 'REQUEST_METHOD':
      return comparedMethodTraits(values);
    case 'QUERY_STRING':
      return queryTraits(values);
    case 'REQUEST_URI':
    case 'REQUEST_FILENAME':
    case 'SCRIPT_FILENAME':
    case 'PATH_INFO':
      return pathTraits(values.map(rooted));
    case 'THE_REQUEST':
      return values.flatMap(requestLineTraits);
    case 'HTTP_HOST':
    case 'SERVER_NAME':
    case 'HTTP:HOST':
      return nameTraits(values);
    case 'REMOTE_ADDR':
    case 'CONN_REMOTE_ADDR':
    case 'REMOTE_HOST':
      return values.flatMap((text) => clientTraits(isPattern ? fullAddress(text) : text));
    default:
      return [];
  }
}

const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

/** A pattern is seldom of a whole address: `^10\.`. */
function fullAddress(text: string): string {
  const octets = text.replace(/\.$/, '').split('.');
  return [...octets, '1', '1', '1'].slice(0, 4).join('.');
}

/** `GET /path?query HTTP/1.1`, or a part of it. */
function requestLineTraits(line: string): readonly Trait[] {
  const [, method, target = line] = /^([A-Z]+) (\S+)/.exec(line) ?? [];
  const [path = '', query] = target.split('?', 2);
  return [
    ...methodTraits(method === undefined ? [] : [method]),
    ...pathTraits(path.startsWith('/') ? [path] : []),
    ...queryTraits(query === undefined ? [] : [query]),
  ];
}

/** The header that the variable holds, but for `Host`. */
export function headerOf(name: string): string | undefined {
  const [, looked] = /^(?:HTTP|req|req_novary|http):(.+)$/i.exec(name) ?? [];
  if (looked !== undefined) return looked.toLowerCase() === 'host' ? undefined : looked;
  return named[name.toUpperCase()];
}

/** See `lookup_variable` of mod_rewrite, and `ap_expr`. */
const named: Readonly<Record<string, string>> = wordTable({
  HTTP_USER_AGENT: 'User-Agent',
  HTTP_REFERER: 'Referer',
  HTTP_COOKIE: 'Cookie',
  HTTP_FORWARDED: 'Forwarded',
  HTTP_PROXY_CONNECTION: 'Proxy-Connection',
  HTTP_ACCEPT: 'Accept',
});
