/**
 * URLs as configs write them: `https://user@host:8443/path?query`, `host:80/path`, `http://unix:/run/app.sock:/path`,
 * `unix:/run/app.sock|fcgi://host/path`, `$scheme://$host$request_uri`. Variables and placeholders are kept as unknown parts; a `/` or a
 * colon within one divides nothing.
 */
import { Cache } from '../text/cache.ts';
import { hasTemplateMark } from '../text/template/placeholder.ts';
import { defaultPort } from './scheme.ts';

/** A part of a URL, with its place in the text that was read. */
export interface UrlPart {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** True if no variable, capture or placeholder stands in it, nor a sign that could begin one. */
  readonly isFixed: boolean;
}

/** `user:password@host:port`. */
export interface Authority {
  readonly userinfo: UrlPart | undefined;
  /** IPv6 addresses with their brackets; empty if there is none. */
  readonly host: UrlPart;
  /** Behind the colon, as it is written; undefined without a colon. */
  readonly port: UrlPart | undefined;
}

export interface Url extends Authority {
  /** Undefined where no `scheme://` begins the text. */
  readonly scheme: UrlPart | undefined;
  /** The path of a Unix socket in place of a host, or in front of the URL. */
  readonly socket: UrlPart | undefined;
  /** All between scheme and path; the whole `unix:/path` of a socket in place of a host. */
  readonly authority: UrlPart;
  /** From the first slash behind the authority, or from a variable that always holds a path; may be empty. */
  readonly path: UrlPart;
  /** Behind the question mark, with the fragment; undefined without one. */
  readonly query: UrlPart | undefined;
  /** From the path to the end. */
  readonly pathAndQuery: UrlPart;
}

/** `host:port` without the port, if there is one. */
export function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '');
}

/** The URL behind `unix:/path|`, or the whole text. */
export function withoutSocket(text: string): string {
  return text.slice(socketInFront.exec(text)?.[0].length ?? 0);
}

const socketInFront = /^unix:[^|]*\|/i;

/** A variable (`$x`, `${x}`), capture (`$1`, `%1`), expression (`%{X}`) or placeholder (`{{ x }}`, `<%= x %>`, `@X@`, `%%x%%`). */
const reference =
  /\$\{[^{}$]*\}|\$(?:\w+|[\uE000-\uF7FF]+)|%\{[^{}%]*\}|%\d|\{\{[^{}]*\}\}|<%[^<%]*%>|@[A-Z][A-Z0-9_]*@|%%\w+%%/g;

/** Those that always begin with a slash or a question mark, or are empty. */
const pathReference = /^(?:\$\{?(?:request_uri|document_uri|uri|is_args)(?!\w)|%\{REQUEST_URI\})/;

const unknownSign = '\0';

const pathSign = '\x01';

/** The text with signs in place of references, at the same offsets. */
function masked(text: string): string {
  if (!/[$%{<@]/.test(text)) return text;
  return text.replace(reference, (found) =>
    pathReference.test(found) ? pathSign.padEnd(found.length, unknownSign) : unknownSign.repeat(found.length),
  );
}

class Reader {
  readonly #text: string;
  readonly #mask: string;

  constructor(text: string) {
    this.#text = text;
    this.#mask = masked(text);
  }

  part(start: number, end: number): UrlPart {
    const text = this.#text.slice(start, end);
    const isFixed = !/[\0\x01$%{}<>]/.test(this.#mask.slice(start, end)) && !hasTemplateMark(text);
    return { text, start, end, isFixed };
  }

  url(): Url {
    const inFront = socketInFront.exec(this.#mask);
    const from = inFront?.[0].length ?? 0;
    const head = /^([a-z\0\x01][\w+.\0-]*):\/\//i.exec(this.#mask.slice(from));
    const start = from + (head?.[0].length ?? 0);
    const scheme = head ? this.part(from, from + head[1]!.length) : undefined;
    if (/^unix:/i.test(this.#mask.slice(start, start + 5))) return this.#socketUrl(scheme, start);
    const end = this.#find(/[/?#\x01]/, start);
    const socket = inFront ? this.part('unix:'.length, from - 1) : undefined;
    return {
      scheme,
      socket,
      authority: this.part(start, end),
      ...this.authority(start, end),
      ...this.#pathAndQuery(end),
    };
  }

  /** `unix:/path`, with a URI behind another colon. */
  #socketUrl(scheme: UrlPart | undefined, start: number): Url {
    const path = start + 'unix:'.length;
    const colon = this.#mask.indexOf(':', path);
    const end = colon === -1 ? this.#text.length : colon;
    return {
      scheme,
      socket: this.part(path, end),
      authority: this.part(start, end),
      userinfo: undefined,
      host: this.part(start, start),
      port: undefined,
      ...this.#pathAndQuery(colon === -1 ? end : colon + 1),
    };
  }

  authority(start: number, end: number): Authority {
    const mask = this.#mask.slice(start, end);
    const at = mask.lastIndexOf('@');
    const host = start + at + 1;
    const bracket = this.#mask[host] === '[' ? mask.indexOf(']', at + 1) : -1;
    const colon = mask.indexOf(':', bracket === -1 ? at + 1 : bracket);
    return {
      userinfo: at === -1 ? undefined : this.part(start, start + at),
      host: this.part(host, colon === -1 ? end : start + colon),
      port: colon === -1 ? undefined : this.part(start + colon + 1, end),
    };
  }

  #pathAndQuery(start: number): Pick<Url, 'path' | 'query' | 'pathAndQuery'> {
    const end = this.#find(/[?#]/, start);
    const query = this.#text[end] === '?' ? this.part(end + 1, this.#text.length) : undefined;
    return { path: this.part(start, end), query, pathAndQuery: this.part(start, this.#text.length) };
  }

  #find(sign: RegExp, start: number): number {
    const found = this.#mask.slice(start).search(sign);
    return found === -1 ? this.#text.length : start + found;
  }
}

/** Many rules ask for the URLs of one host before that of the next one is asked for. */
const recent = new Cache<string, Url>(200);
const longestKept = 200;

/** Takes the text apart; any text gives an answer, one without `scheme://` is read as `host:port/path`. */
export function readUrl(text: string): Url {
  let url = recent.get(text);
  if (!url) {
    url = new Reader(text).url();
    if (text.length <= longestKept) recent.set(text, url);
  }
  return url;
}

/** Takes `user@host:port` apart. */
export function readAuthority(text: string): Authority {
  return new Reader(text).authority(0, text.length);
}

/** What is written before the first variable. */
export function fixedBeginning({ text }: UrlPart): string {
  const mask = masked(text);
  const end = mask.search(/[\0\x01]/);
  return end === -1 ? text : text.slice(0, end);
}

/** Host and port as far as they are fixed, where a variable follows without a slash and may go on with the name. */
export function extendedHost({ authority }: Url): string | undefined {
  const fixed = fixedBeginning(authority);
  return fixed !== authority.text && /[\w.-]$/.test(fixed) ? fixed : undefined;
}

/** The port that a connection goes to: the one written, else that of the scheme; undefined where it cannot be told. */
export function effectivePort({ scheme, port, socket }: Url): number | undefined {
  if (socket) return undefined;
  if (port) return /^\d{1,5}$/.test(port.text) ? Number(port.text) : undefined;
  return scheme ? defaultPort(scheme.text) : undefined;
}
