/**
 * What a release of httpd brought that is no directive of its own: values and parameters of older directives.
 * Source: the compatibility notes of the manual and CHANGES_2.4.
 */
import { enclosing, type Directive, type Word } from '../../syntax/tree.ts';
import type { Version } from '../../model/versions.ts';
import { schemeOf } from '../../model/scheme.ts';

export interface Feature {
  /** Undefined: the directive as a whole. */
  readonly word: Word | undefined;
  /** As the beginning of a sentence. */
  readonly feature: string;
  readonly since: Version;
}

/** Those of the URL of a backend. */
type Schemes = readonly string[];

interface Row {
  readonly keys: readonly string[];
  readonly word: RegExp | Schemes;
  readonly feature: string;
  readonly since: Version;
}

const proxying = ['proxypass', 'proxypassmatch', 'balancermember', 'rewriterule', 'proxy'];
const headers = ['header', 'requestheader'];

const rows: readonly Row[] = [
  { keys: proxying, word: ['ws', 'wss'], feature: 'Proxying of WebSockets (mod_proxy_wstunnel)', since: [2, 4, 5] },
  { keys: proxying, word: /^unix:/i, feature: 'A backend on a Unix domain socket', since: [2, 4, 7] },
  { keys: proxying, word: ['h2', 'h2c'], feature: 'HTTP/2 to a backend (mod_proxy_http2)', since: [2, 4, 19] },
  { keys: proxying, word: ['uwsgi'], feature: 'The uwsgi protocol (mod_proxy_uwsgi)', since: [2, 4, 30] },
  { keys: [...proxying, 'proxyset'], word: /^addressttl=/i, feature: 'The parameter "addressttl"', since: [2, 4, 59] },
  {
    keys: [...proxying, 'proxyset'],
    word: /^hcmethod=(?:OPTIONS|HEAD|GET)11$/i,
    feature: 'A health check with HTTP/1.1',
    since: [2, 4, 55],
  },
  {
    keys: ['rewriterule'],
    word: /^\[(?:.*,)?\s*Unsafe(?:Allow3F|PrefixStat)\b/i,
    feature: 'This flag',
    since: [2, 4, 60],
  },
  { keys: headers, word: /^expr=/i, feature: 'A value or condition that is an expression', since: [2, 4, 10] },
  { keys: headers, word: /^(?:setifempty|note|edit\*)$/i, feature: 'This action', since: [2, 4, 7] },
  { keys: ['require'], word: /^forward-dns$/i, feature: '"Require forward-dns"', since: [2, 4, 19] },
  { keys: ['sslprotocol', 'sslproxyprotocol'], word: /^[+-]?TLSv1\.3$/i, feature: 'TLS 1.3', since: [2, 4, 37] },
];

export function featuresOf(directive: Directive): Feature[] {
  if (directive.key.startsWith('sslproxy') && enclosing(directive)?.key.startsWith('proxy'))
    return [{ word: undefined, feature: `"${directive.name.value}" in a <Proxy> section`, since: [2, 4, 30] }];
  return rows.flatMap(({ keys, word: pattern, feature, since }) => {
    const word = keys.includes(directive.key) ? directive.args.find(({ value }) => fits(pattern, value)) : undefined;
    return word ? [{ word, feature, since }] : [];
  });
}

function fits(wanted: Row['word'], text: string): boolean {
  return wanted instanceof RegExp ? wanted.test(text) : wanted.includes(schemeOf(text) ?? '');
}
