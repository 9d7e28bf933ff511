/** Values of nginx variables for one request. Follows src/http/ngx_http_variables.c. */
import { nginxVariable } from '../facts/index.ts';
import { headerValues } from '../../../model/headers.ts';
import { toBytes } from '../../../text/bytes.ts';
import { giveUp } from '../../../model/unknown.ts';
import { isBefore } from '../../../model/versions.ts';
import { definedVariable } from './defined-variables.ts';
import { scriptName, scriptPathInfo } from './fastcgi-variables.ts';
import { fileName, rootOf } from './file-name.ts';
import { proxyVariable } from './proxy-variables.ts';
import { invalidReferer } from './referer.ts';
import type { State } from './state.ts';
import { wordTable } from '../../../text/word-table.ts';

/** `name` in lower case, without `$`. Throws `UnknownAnswer` where the value cannot be known. */
export function variable(state: State, name: string): string {
  const assigned = state.variables.get(name);
  if (assigned !== undefined) return assigned;
  const defined = state.setting.definitions.get(name);
  if (defined) return definedVariable(state, name, defined, sources);
  if (state.setting.assignedElsewhere.has(name))
    return giveUp(`"$${name}" is assigned on the way, which is not traced.`);
  const builtin = builtins[name];
  if (builtin) return builtin(state);
  const byPrefix = prefixed(state, name);
  if (byPrefix !== undefined) return byPrefix;
  // A variable that some `set` or regex names, but that no code on this request's way assigned, is empty.
  if (!knownElsewhere.test(name) && !nginxVariable(name)) return '';
  return giveUp(`The value of "$${name}" is not known before the request runs.`);
}

const sources = {
  address: clientAddress,
  forwarded: ({ setting }: State) => headerValues(setting.request.headers, 'x-forwarded-for'),
};

/** Built-in variables that depend on the connection, the clock, or a module's own state. */
const knownElsewhere =
  /^(?:binary_remote_addr|remote_port|proxy_protocol_|server_addr|realpath_root|remote_user|bytes_sent|body_bytes_sent|pipe|request_(?:completion|body|body_file|length|time|id)|status|sent_|connection|hostname|pid|msec|time_|tcpinfo_|upstream_|ssl_|geoip|geoip2_|gzip_ratio|modern_browser|ancient_browser|msie|date_|uid_|secure_link|session_log|realip_|limit_|slice_range|spdy|http2|http3|quic|nginx_version|memcached_key|proxy_internal|jwt_|otel_|request_port|is_request_port|mirror|auth_request)/;

/** Before, the first of several headers of a name counted. */
const joinsHeaders = '1.23.0';

function header(state: State, name: string): string {
  const values = state.setting.request.headers
    .filter(([key]) => key.toLowerCase().replaceAll('_', '-') === name)
    .map(([, value]) => value);
  const joined = name === 'cookie' || name === 'x-forwarded-for' || !isBefore(state.setting.version, joinsHeaders);
  return joined ? values.join(name === 'cookie' ? '; ' : ', ') : (values[0] ?? '');
}

function clientAddress(state: State): string {
  return state.client ?? giveUp('The client address is not given; name it with --from.');
}

/** The first name of the server, as in `$server_name`. */
export const serverName = (state: State): string => {
  const first = state.virtualHost.names[0];
  return first ? toBytes(first.text.replace(/^\./, '')) : '';
};

const builtins: Readonly<Record<string, (state: State) => string>> = wordTable({
  host: (state) => state.setting.hostName || serverName(state),
  http_host: (state) => header(state, 'host'),
  uri: (state) => state.path,
  document_uri: (state) => state.path,
  request_uri: (state) => state.setting.request.target,
  args: (state) => state.args,
  query_string: (state) => state.args,
  is_args: (state) => (state.args === '' ? '' : '?'),
  scheme: (state) => state.setting.request.scheme,
  https: (state) => (state.setting.request.scheme === 'https' ? 'on' : ''),
  request_method: (state) => state.method,
  request: (state) =>
    `${state.setting.request.method} ${state.setting.request.target} HTTP/${state.setting.request.httpVersion ?? '1.1'}`,
  server_protocol: (state) => `HTTP/${state.setting.request.httpVersion ?? '1.1'}`,
  server_name: serverName,
  server_port: (state) => String(state.setting.request.port),
  remote_addr: clientAddress,
  realip_remote_addr: (state) =>
    state.setting.request.from ?? giveUp('The client address is not given; name it with --from.'),
  proxy_protocol_addr: ({ setting: { request } }) =>
    request.proxyHeader
      ? (request.proxyHeader.client ?? giveUp('Which client the PROXY header names is not known; name it with --from.'))
      : '',
  server_addr: (state) =>
    state.setting.address?.replace(/[[\]]/g, '') ??
    giveUp('Which address the connection goes to is not known; name it with --to.'),
  content_length: (state) => header(state, 'content-length'),
  content_type: (state) => header(state, 'content-type'),
  document_root: (state) => rootOf(state).path,
  request_filename: (state) => fileName(state, state.path) ?? '',
  proxy_host: (state) => proxyVariable(state).hostHeader,
  proxy_port: (state) => proxyVariable(state).port,
  proxy_add_x_forwarded_for: (state) => {
    const sent = header(state, 'x-forwarded-for');
    return sent === '' ? clientAddress(state) : `${sent}, ${clientAddress(state)}`;
  },
  limit_rate: () => '0',
  fastcgi_script_name: scriptName,
  fastcgi_path_info: scriptPathInfo,
  invalid_referer: invalidReferer,
});

function prefixed(state: State, name: string): string | undefined {
  if (name.startsWith('http_')) return header(state, name.slice('http_'.length).replaceAll('_', '-'));
  if (name.startsWith('arg_')) return argument(state.args, name.slice('arg_'.length));
  if (name.startsWith('cookie_')) return cookie(header(state, 'cookie'), name.slice('cookie_'.length));
  return undefined;
}

/** The first argument of that name, letter case aside. */
function argument(args: string, name: string): string {
  for (const pair of args.split('&')) {
    const equals = pair.indexOf('=');
    if (equals !== -1 && pair.slice(0, equals).toLowerCase() === name) return pair.slice(equals + 1);
  }
  return '';
}

function cookie(cookies: string, name: string): string {
  for (const pair of cookies.split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key!.toLowerCase() === name && value.length > 0) return value.join('=');
  }
  return '';
}
