/** The parts of a URL as `apr_uri_parse` of APR-util splits it. */
export interface Uri {
  /** As written; undefined for a path without scheme. */
  readonly scheme: string | undefined;
  /** Undefined where no `//` follows the scheme. */
  readonly host: string | undefined;
}

/** What follows the first colon and two slashes, as `add_proxy` and `ap_proxy_define_balancer` look for it; undefined where nothing does. */
export function behindScheme(text: string): string | undefined {
  const colon = text.indexOf(':');
  const isFollowed = colon !== -1 && text.startsWith('//', colon + 1) && text.length > colon + 3;
  return isFollowed ? text.slice(colon + 3) : undefined;
}

const schemeForm = /^[a-z][a-z0-9+.-]*(?=:)/i;

/** Undefined for a text that `apr_uri_parse` refuses. */
export function parseUri(text: string): Uri | undefined {
  if (text.startsWith('/')) return { scheme: undefined, host: undefined };
  const scheme = schemeForm.exec(text)?.[0];
  const rest = scheme === undefined ? text : text.slice(scheme.length + 1);
  if (!rest.startsWith('//')) {
    // A relative path may hold a colon only behind its first slash.
    const colon = scheme === undefined ? text.split('/', 1)[0]!.includes(':') : false;
    return colon ? undefined : { scheme, host: undefined };
  }
  const authority = /^[^/?#]*/.exec(rest.slice(2))![0];
  const host = hostOf(authority.slice(authority.lastIndexOf('@') + 1));
  return host === undefined ? undefined : { scheme, host };
}

/** The name in `name[:port]`; a port must be a number as `strtol` reads it, of whatever size. */
function hostOf(text: string): string | undefined {
  const end = text.startsWith('[') ? text.indexOf(']') + 1 : text.indexOf(':');
  if (text.startsWith('[')) {
    if (end === 0) return undefined;
    if (text[end] !== ':') return text.slice(1, end - 1);
  } else if (end === -1) return text;
  return /^(?:\s*[+-]?\d+)?$/.test(text.slice(end + 1)) ? text.slice(0, end) : undefined;
}
