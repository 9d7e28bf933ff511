/**
 * Plays one request through the rewrite phases of a server, as far as that depends on nothing but the request line: what an `if` or a variable
 * of another kind decides ends the play without a result.
 */
import { toBytes } from '../../../text/bytes.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import { findLocation } from './locations.ts';
import { unknown, type Scope, type VirtualHost } from '../../../model/model.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { UnknownAnswer } from '../../../model/unknown.ts';
import { children } from '../../../syntax/walk.ts';
import { isRedirectUrl } from './redirect-url.ts';
import { hostWithPort } from '../../../model/url.ts';

export interface PlayedRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  /** Byte string, decoded and normalised. */
  readonly path: string;
}

/** `loop`: more changes of the URI than nginx allows. */
export type Played =
  | { readonly kind: 'redirect'; readonly to: string; readonly directive: Directive }
  | { readonly kind: 'loop'; readonly directive: Directive }
  | { readonly kind: 'other' };

const other: Played = { kind: 'other' };

/** NGX_HTTP_MAX_URI_CHANGES */
const maxChanges = 10;

export function play(virtualHost: VirtualHost, request: PlayedRequest): Played {
  try {
    return new Play(virtualHost, request).run();
  } catch (error) {
    if (error instanceof UnknownAnswer) return other;
    throw error;
  }
}

/** `changed`: another location is to be looked for. */
type Phase = Played | 'next' | 'changed';

class Play {
  readonly #host: VirtualHost;
  readonly #request: PlayedRequest;
  #path: string;
  #captures: readonly (string | undefined)[] = [];

  constructor(host: VirtualHost, request: PlayedRequest) {
    this.#host = host;
    this.#request = request;
    this.#path = request.path;
  }

  run(): Played {
    const first = this.#phase(this.#host.scope);
    if (typeof first === 'object') return first;
    for (let changes = 0; ; changes++) {
      const { route, redirect } = findLocation({
        virtualHost: this.#host,
        path: this.#path,
        onMatch: (match) => (this.#captures = match),
      });
      if (!route || redirect) return other;
      const phase = this.#phase(route.scope);
      if (typeof phase === 'object') return phase;
      if (phase === 'next') return other;
      if (changes === maxChanges) return { kind: 'loop', directive: this.#last! };
    }
  }

  #last: Directive | undefined;

  #phase({ directive, open }: Scope): Phase {
    if (!directive?.block || open) return other;
    let changed = false;
    for (const each of children(directive.block)) {
      if (each.key === 'break') break;
      if (each.key === 'if' && each.block && decides(each.block)) return other;
      if (each.key === 'return') return this.#return(each);
      if (each.key.includes('_by_lua') || each.key === 'js_set') return other;
      if (each.key !== 'rewrite') continue;
      const result = this.#rewrite(each);
      if (typeof result === 'object') return result;
      if (result === 'next') continue;
      changed = each.args[2]?.value !== 'break';
      if (each.args[2]) break;
    }
    return changed ? 'changed' : 'next';
  }

  #return(directive: Directive): Played {
    const [first, second] = directive.args.map(({ value }) => value);
    const status = /^\d+$/.test(first ?? '') ? Number(first) : undefined;
    if (status !== undefined && ![301, 302, 303, 307, 308].includes(status)) return other;
    const to = this.#evaluate((status === undefined ? first : second) ?? '');
    return to === undefined ? other : { kind: 'redirect', to, directive };
  }

  #rewrite(directive: Directive): Phase {
    const [pattern = '', target = '', flag] = directive.args.map(({ value }) => value);
    const regex = compilePcre(toBytes(pattern), false);
    if (!regex) return other;
    const match = regex.match(this.#path);
    if (match === unknown) return other;
    if (!match) return 'next';
    this.#captures = match;
    const to = this.#evaluate(target);
    if (to === undefined) return other;
    if (flag === 'redirect' || flag === 'permanent' || isRedirectUrl(target))
      return { kind: 'redirect', to, directive };
    this.#path = to.replace(/\?.*$/s, '');
    this.#last = directive;
    // Without a path nginx answers 500 at once; a path that grows without end stops here too.
    return this.#path === '' || this.#path.length > maxPath ? other : 'changed';
  }

  #evaluate(text: string): string | undefined {
    let known = true;
    const value = toBytes(text).replace(
      /\$(?:([1-9])|\{(\w+)\}|(\w+))/g,
      (_, capture?: string, a?: string, b?: string) => {
        const part =
          capture === undefined ? this.#variable((a ?? b)!.toLowerCase()) : (this.#captures[Number(capture)] ?? '');
        if (part === undefined) known = false;
        return part ?? '';
      },
    );
    return known ? value : undefined;
  }

  #variable(name: string): string | undefined {
    const { scheme, host, path, port } = this.#request;
    switch (name) {
      case 'uri':
      case 'document_uri':
        return this.#path;
      case 'request_uri':
        return path;
      case 'scheme':
        return scheme;
      case 'host':
        return host;
      case 'http_host':
        return hostWithPort(scheme, host, port);
      case 'server_port':
        return String(port);
      case 'server_name':
        return this.#host.names[0]?.kind === 'exact' ? this.#host.names[0].text : undefined;
      case 'args':
      case 'query_string':
      case 'is_args':
        return '';
      default:
        return undefined;
    }
  }
}

const maxPath = 4000;

/** Whether an `if` may change where the request goes. */
function decides(block: Block): boolean {
  return children(block).some(
    ({ key }) => key === 'return' || key === 'rewrite' || key === 'break' || key === 'include',
  );
}
