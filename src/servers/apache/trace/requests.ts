/** Makes the requests that httpd itself makes: internal redirects and lookups. */
import { giveUp } from '../../../model/unknown.ts';
import { HeaderTable } from './header-table.ts';
import { settingOf, textOf, type Request, type Setting } from './state.ts';
import { escapeUri } from './uri.ts';

export function firstRequest(
  setting: Setting,
  host: { readonly name: string; readonly port: number | undefined },
): Request {
  const { method, target, headers } = setting.request;
  const table = new HeaderTable();
  for (const [name, value] of headers) table.merge({ name, value, origin: 'client' });
  return {
    ...blank(setting, target),
    method,
    unparsedUri: target,
    hostname: host.name,
    port: host.port,
    env: new Map(),
    headersIn: table,
    errHeadersOut: new HeaderTable(),
    previous: undefined,
    main: undefined,
    rewriting: { ended: false },
    status: 200,
  };
}

function blank(
  setting: Setting,
  target: string,
): Pick<
  Request,
  | 'setting'
  | 'uri'
  | 'args'
  | 'filename'
  | 'pathInfo'
  | 'fileKind'
  | 'proxied'
  | 'walked'
  | 'handler'
  | 'socket'
  | 'scope'
  | 'notes'
  | 'headersOut'
  | 'location'
> {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  return {
    setting,
    // Two slashes at the begin are no host (`ap_parse_uri`).
    uri: path.replace(/^\/+(?=\/)/, ''),
    args: mark === -1 ? undefined : target.slice(mark + 1),
    filename: undefined,
    pathInfo: '',
    fileKind: undefined,
    proxied: false,
    walked: undefined,
    handler: undefined,
    socket: undefined,
    scope: setting.base,
    notes: new Set(),
    headersOut: new HeaderTable(),
    location: undefined,
  };
}

export const isRedirection = (status: number): boolean => status >= 300 && status < 400;

/** `internal_internal_redirect`: variables of the first request get the prefix `REDIRECT_`. */
export function redirectedRequest(request: Request, target: string, method: string): Request {
  const env = new Map([...request.env].map(([name, value]) => [`REDIRECT_${name}`, value]));
  env.set('REDIRECT_STATUS', String(request.status));
  return {
    ...request,
    ...blank(request.setting, target),
    method,
    unparsedUri: target,
    env,
    // The page of a redirect goes out with the Location of the redirect.
    location: isRedirection(request.status) ? request.location : undefined,
    previous: request,
  };
}

/** `ap_sub_req_lookup_uri` for a path of this server. */
export function subRequest(request: Request, path: string): Request {
  const target = escapeUri(path) + (request.args === undefined ? '' : `?${request.args}`);
  return {
    ...request,
    ...blank(request.setting, target),
    method: 'GET',
    unparsedUri: target,
    port: undefined,
    env: new Map(request.env),
    headersIn: request.headersIn.copy(),
    errHeadersOut: new HeaderTable(),
    previous: undefined,
    main: request,
    status: 200,
    rewriting: { ended: false },
  };
}

/** As many as no config needs. */
const endless = 50;

/** `ap_is_recursion_limit_exceeded`: too many internal redirects, or lookups in lookups. */
export function isTooDeep(request: Request): boolean {
  const limits = settingOf(request, 'limitinternalrecursion')?.args.map((word) =>
    Number(textOf(request.setting, word)),
  ) ?? [10];
  const [mostRedirects = 10, mostLookups = mostRedirects] = limits;
  let redirects = 0;
  let lookups = 0;
  for (let at: Request | undefined = request; at; at = at.previous ?? at.main) {
    if (at.previous) redirects++;
    else if (at.main) lookups++;
  }
  if ((mostRedirects === 0 || mostLookups === 0) && redirects + lookups > endless)
    giveUp('Requests lead to new ones without end, which LimitInternalRecursion allows.');
  return redirects >= (mostRedirects || Infinity) || lookups >= (mostLookups || Infinity);
}
