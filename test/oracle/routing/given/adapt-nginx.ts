/** A config of a user, made to run on this machine: its ports, backends, files and certificates become those of the run. */
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

import { parseNginx } from '../../../../src/parsers/nginx/parse.ts';
import type { Directive, Word } from '../../../../src/syntax/tree.ts';
import { walk } from '../../../../src/syntax/walk.ts';
import { SourceFile } from '../../../../src/text/source.ts';
import { edited, type Edit } from './edits.ts';

export interface Surroundings {
  readonly port: number;
  readonly tlsPort: number;
  readonly certificate: string;
  readonly backend: number;
  readonly root: string;
}

/** Of the machine or of its load; what they say has no part in an answer. */
const dropped =
  /^(?:access_log|error_log|pid|user|load_module|resolver|ssl_(?:dhparam|trusted_certificate|stapling\w*|ocsp|session_ticket_key|crl)|(?:proxy|fastcgi|uwsgi|scgi|client_body)_temp_path|(?:proxy|fastcgi|uwsgi)_cache(?:_path)?|limit_(?:req|conn)\w*|keepalive|least_conn|ip_hash|zone|proxy_ssl_\w+|grpc_ssl_\w+|modsecurity\w*|brotli\w*|more_set_headers|http[23]\w*|quic\w*|worker_rlimit_nofile)$/;

/** Lines of `http`. */
export function adaptNginx(text: string, around: Surroundings): string {
  const whole = withIncludes(text);
  const file = parseNginx(new SourceFile('given.conf', whole));
  const upstreams = new Set<string>();
  const directives: Directive[] = [];
  walk(file.root, (directive) => {
    directives.push(directive);
    if (directive.key === 'upstream') upstreams.add(directive.args[0]?.value ?? '');
  });
  const passes = directives.flatMap(({ key, args }) => (key.endsWith('_pass') ? (args[0]?.value ?? '') : ''));
  const edits = directives.flatMap((directive) => editsOf(directive, around, { upstreams, passes: passes.join(' ') }));
  const adapted = edited(whole, edits);
  return inServer(adapted, around);
}

/** What stands on the level of `http`; pieces of a server or location get the rest around them. */
function inServer(
  adapted: string,
  { port, root, certificate }: Pick<Surroundings, 'port' | 'root' | 'certificate'>,
): string {
  const { directives } = parseNginx(new SourceFile('given.conf', adapted)).root;
  const http = directives.find(({ key }) => key === 'http');
  if (http?.block)
    return inServer(adapted.slice(http.block.start + 1, http.block.end - 1), { port, root, certificate });
  const keys = new Set(directives.map(({ key }) => key));
  const defaults = [
    ...(keys.has('root') ? [] : [`root ${root};`]),
    ...(keys.has('ssl_certificate')
      ? []
      : [`ssl_certificate ${certificate}.crt;`, `ssl_certificate_key ${certificate}.key;`]),
  ].join('\n');
  if (['server', 'upstream', 'map', 'geo'].some((key) => keys.has(key))) return `${defaults}\n${adapted}`;
  const isLocation = [...keys].some((key) => key.endsWith('_pass'));
  const inside = isLocation ? `location / {\n${adapted}\n}` : adapted;
  return `${defaults}\nserver {\nlisten ${port};\nserver_name a.test;\n${inside}\n}`;
}

/** Files that every installation has are put in their places; the others are left out. */
function withIncludes(text: string): string {
  const file = parseNginx(new SourceFile('given.conf', text));
  const edits: Edit[] = [];
  walk(file.root, ({ key, args, start, end }) => {
    if (key !== 'include') return;
    const name = args[0]?.value ?? '';
    const path = isAbsolute(name) ? name : join('/etc/nginx', name);
    const known = path.startsWith('/etc/nginx/') && !path.includes('*') && existsSync(path);
    edits.push({ start, end, text: known ? withIncludes(readFileSync(path, 'utf8')) : '' });
  });
  return edited(text, edits);
}

interface Names {
  readonly upstreams: ReadonlySet<string>;
  /** The targets of all directives that pass requests on. */
  readonly passes: string;
}

function editsOf(directive: Directive, around: Surroundings, names: Names): Edit[] {
  const { key, args, start, end } = directive;
  const [first] = args;
  const gone: Edit[] = [{ start, end, text: '' }];
  if (dropped.test(key)) return gone;
  if (!first) return [];
  const first$ = (text: string): Edit[] => [{ start: first.start, end: first.end, text }];
  switch (key) {
    case 'listen':
      return listens(first, args, around) ?? gone;
    case 'ssl_certificate':
      return first$(`${around.certificate}.crt`);
    case 'ssl_certificate_key':
      return first$(`${around.certificate}.key`);
    case 'root':
      return first.value.includes('$') ? [] : first$(around.root);
    case 'alias':
      return first.value.includes('$') ? [] : first$(`${around.root}/static${first.value.endsWith('/') ? '/' : ''}`);
    case 'server':
      return directive.block ? [] : first$(`127.0.0.1:${around.backend}`);
    case 'set':
      return setEdits(args, around, names);
    default:
      return key.endsWith('_pass') && key !== 'tunnel_pass' ? passEdits(first, around, names) : [];
  }
}

function listens(first: Word, args: readonly Word[], { port, tlsPort }: Surroundings): Edit[] | undefined {
  const options = new Set(args.slice(1).map(({ value }) => value));
  if (first.value.startsWith('unix:') || options.has('quic')) return undefined;
  const [, address = '', own = ''] = /^(?:(\[[^\]]*\]|[^:]*\D[^:]*|\*):?)?(\d*)$/.exec(first.value) ?? [];
  const isTls = options.has('ssl') || own === '443';
  const where = address === '' ? '' : address === '*' || address.startsWith('[::') ? `${address}:` : '127.0.0.1:';
  const odd = args.filter(({ value }) => /^(?:reuseport|fastopen|backlog|deferred|ipv6only)/.test(value));
  return [
    { start: first.start, end: first.end, text: `${where}${isTls ? tlsPort : port}` },
    ...odd.map(({ start, end }) => ({ start, end, text: '' })),
  ];
}

/** A variable that stands for a part of a backend's address. */
function setEdits([name, value]: readonly Word[], { backend }: Surroundings, { passes }: Names): Edit[] {
  if (!name || !value || !passes.includes(name.value) || value.value.includes('$')) return [];
  const replace = (text: string): Edit[] => [{ start: value.start, end: value.end, text }];
  if (/^https?$/.test(value.value)) return replace('http');
  if (/^\d+$/.test(value.value)) return replace(String(backend));
  const url = /^(https?:\/\/)?[\w.-]+(:\d+)?(\/.*)?$/.exec(value.value);
  if (!url) return [];
  const hasPort = url[2] !== undefined || url[1] !== undefined || !new RegExp(`\\${name.value}:`).test(passes);
  return replace(`${url[1] ? 'http://' : ''}127.0.0.1${hasPort ? `:${backend}` : ''}${url[3] ?? ''}`);
}

function passEdits(word: Word, { backend }: Surroundings, { upstreams }: Names): Edit[] {
  const match = /^(?:(\w+):\/\/)?(unix:[^:]*:?|[^/$]*)(.*)$/s.exec(word.value);
  if (!match) return [];
  const [, scheme = '', authority = '', rest = ''] = match;
  const plain = scheme.replace(/s$/, '');
  const host = authority === '' || upstreams.has(authority) ? authority : `127.0.0.1:${backend}`;
  // What a variable says after part of an address stays.
  const written = rest.startsWith('$') && authority !== '' ? authority : host;
  const text = `${plain === '' ? '' : `${plain}://`}${written}${rest}`;
  return [{ start: word.start, end: word.end, text: /[\s;{}"]/.test(text) ? JSON.stringify(text) : text }];
}
