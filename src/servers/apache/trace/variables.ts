/** Server variables of `%{NAME}`, as mod_rewrite and expressions know them (modules/mappers/mod_rewrite.c, server/util_expr_eval.c). */
import { giveUp } from '../../../model/unknown.ts';
import { type Request, isOn, settingOf, textOf, valueOf } from './state.ts';
import { defaultPort, hostWithPort } from '../../../model/scheme.ts';
import { wordTable } from '../../../text/word-table.ts';

/** Undefined: no variable of that name, or one that is not set. */
export function requestVariable(request: Request, name: string): string | undefined {
  const { setting } = request;
  const sent = setting.request;
  switch (name.toUpperCase()) {
    case 'REQUEST_URI':
      return request.uri;
    case 'QUERY_STRING':
      return request.args;
    case 'REQUEST_METHOD':
      return request.method;
    case 'REQUEST_SCHEME':
      return setting.scheme;
    case 'HTTPS':
      return sent.scheme === 'https' ? 'on' : 'off';
    case 'THE_REQUEST':
      return `${sent.method} ${sent.target} HTTP/${sent.httpVersion ?? '1.1'}`;
    case 'SERVER_PROTOCOL':
      return `HTTP/${sent.httpVersion ?? '1.1'}`;
    case 'REMOTE_ADDR':
      return clientAddress(request, name);
    case 'CONN_REMOTE_ADDR':
      return sent.from ?? giveUp(`${name} depends on the client address; name it with --from.`);
    case 'SERVER_ADDR':
      return (
        setting.address?.replace(/[[\]]/g, '') ??
        giveUp('Which address the connection goes to is not known; name it with --to.')
      );
    case 'SERVER_NAME':
      return serverName(request);
    case 'SERVER_PORT':
      return String(serverPort(request));
    case 'DOCUMENT_ROOT':
      return documentRoot(request);
    case 'REQUEST_FILENAME':
    case 'SCRIPT_FILENAME':
      return request.filename;
    case 'PATH_INFO':
      return request.pathInfo === '' ? undefined : request.pathInfo;
    case 'IS_SUBREQ':
      return request.main ? 'true' : 'false';
    case 'HANDLER':
      return request.handler;
    case 'REMOTE_USER':
    case 'AUTH_TYPE':
      return undefined;
    case 'IPV6':
      return clientAddress(request, name).includes(':') ? 'on' : 'off';
    case 'CONTENT_TYPE':
      return giveUp('The type of the content is not traced.');
    default:
      return headerVariable(request, name.toUpperCase()) ?? beyond(name);
  }
}

const headerVariables: Readonly<Record<string, string>> = wordTable({
  HTTP_HOST: 'Host',
  HTTP_USER_AGENT: 'User-Agent',
  HTTP_REFERER: 'Referer',
  HTTP_COOKIE: 'Cookie',
  HTTP_FORWARDED: 'Forwarded',
  HTTP_ACCEPT: 'Accept',
  HTTP_PROXY_CONNECTION: 'Proxy-Connection',
});

function headerVariable(request: Request, name: string): string | undefined {
  const header = headerVariables[name];
  return header === undefined ? undefined : (requestHeader(request, header) ?? '');
}

/** Known to httpd, but decided by the machine and the time. */
const changing =
  /^(?:TIME|TIME_\w+|REMOTE_HOST|REMOTE_PORT|REMOTE_IDENT|SERVER_ADMIN|SERVER_SOFTWARE|API_VERSION|SCRIPT_USER|SCRIPT_GROUP|CONTEXT_\w+|REQUEST_LOG_ID|CONN_LOG_ID|REQUEST_STATUS|UNIQUE_ID|DOCUMENT_URI|LAST_MODIFIED)$/i;

function beyond(name: string): undefined {
  return changing.test(name) ? giveUp(`The variable "${name}" is not known before the request runs.`) : undefined;
}

/** A header of the request, as it is by now. */
export function requestHeader(request: Request, name: string): string | undefined {
  const header = request.headersIn.get(name);
  return header && (header.value ?? giveUp(`The value of the header "${name}" is not known.`));
}

export function clientAddress(request: Request, what: string): string {
  return request.setting.client ?? giveUp(`${what} depends on the client address; name it with --from.`);
}

/** An environment variable; undefined if it is not set. */
export function environmentVariable(request: Request, name: string): string | undefined {
  if (!request.env.has(name)) return undefined;
  return request.env.get(name) ?? giveUp(`The value of the environment variable "${name}" is not known.`);
}

/** `ap_get_server_name`. */
export function serverName(request: Request): string {
  const canonical = valueOf(request, 'usecanonicalname') ?? 'off';
  if (canonical === 'dns') giveUp('UseCanonicalName DNS asks for the name of the address.');
  if (canonical === 'off' && request.hostname !== '') return request.hostname;
  return request.setting.serverHostname ?? giveUp('Without ServerName httpd asks the system for its name.');
}

/** `ap_get_server_port`. */
export function serverPort(request: Request): number {
  const { serverPort: configured, request: sent, scheme } = request.setting;
  const usual = defaultPort(scheme) ?? 80;
  const physical = isOn(request, 'usecanonicalphysicalport', false);
  if (isOn(request, 'usecanonicalname', false)) return configured || (physical ? sent.port : usual);
  return request.port ?? (physical ? sent.port : configured || usual);
}

/** `ap_construct_url`: an absolute URL of this server. */
export function ownUrl(request: Request, path: string): string {
  const { scheme } = request.setting;
  return `${scheme}://${hostWithPort(scheme, serverName(request), serverPort(request))}${path}`;
}

export function documentRoot(request: Request): string {
  const root = settingOf(request, 'documentroot');
  if (!root) return giveUp('The document root is the built-in one.');
  return absolutePath(request, textOf(request.setting, root.args[0])).replace(/(.)\/$/, '$1');
}

/** `ap_server_root_relative`. */
export function absolutePath(request: Request, path: string): string {
  if (path.startsWith('/')) return path;
  const root = settingOf(request, 'serverroot');
  if (!root) return giveUp(`"${path}" is relative to a ServerRoot that is not given.`);
  return `${textOf(request.setting, root.args[0]).replace(/\/$/, '')}/${path}`;
}
