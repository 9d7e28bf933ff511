/** ProxyPass: `proxy_trans`, `ap_proxy_trans_match` (modules/proxy/mod_proxy.c). */
import type { Item } from '../meaning/levels.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { giveUp } from '../../../model/unknown.ts';
import { hasWildcard } from '../meaning/proxy-pass.ts';
import type { HookResult } from './rewrite-hooks.ts';
import { levelsOf, chooseMapping, isOn, regexOf, step, substitute, taken, textOf, type Request } from './state.ts';
import { prefixLength } from './uri.ts';

/** `proxy_trans`. */
export function translateProxy(request: Request): HookResult {
  if (request.proxied) return 'ok';
  if (!request.uri.startsWith('/')) return 'declined';
  if (request.env.has('no-proxy')) {
    step(request, 'The variable no-proxy is set: ProxyPass is passed over.');
    return 'declined';
  }
  for (const item of passes(request)) {
    const result = tryPass(request, taken(request.setting, item));
    if (result !== undefined) return result;
  }
  return 'declined';
}

/** The ProxyPass of the last section that has one, then those of the server in order. */
function passes(request: Request): Item[] {
  const levels = levelsOf(request.scope);
  const isPass = ({ directive }: Item): boolean => /^proxypass(?:match)?$/.test(directive.key);
  const inSections = levels.slice(levelsOf(request.setting.base).length).flatMap(({ level }) => level.items);
  const local = inSections.findLast(isPass);
  const own = levelsOf(request.setting.base);
  const inherits = isOn(request, 'proxypassinherit', true);
  const servers = (inherits ? own : own.slice(-1)).flatMap(({ level }) => level.items.filter(isPass));
  return local ? [local, ...servers] : servers;
}

/** Undefined: it does not match. */
function tryPass(request: Request, directive: Directive): HookResult | undefined {
  const { setting } = request;
  const section = sectionAround(directive);
  const tilde = !section && directive.args[0]?.value === '~';
  const words = directive.args.slice(tilde ? 1 : 0);
  const from = section ? sectionPath(request, section) : textOf(setting, words.shift());
  const to = textOf(setting, words.shift());
  const options = words.map((word) => textOf(setting, word).toLowerCase());
  const isRegex = tilde || directive.key === 'proxypassmatch' || (section !== undefined && hasWildcard(from));
  if (options.some((option) => option === 'interpolate' || option.startsWith('mapping=')))
    giveUp(`"${directive.name.value}" uses "interpolate" or "mapping", which are not traced.`);
  const found = isRegex
    ? matchRegex(request, from, to, options.includes('nocanon'))
    : matchPrefix(request, from, to, options.includes('nocanon'));
  if (!found || (/^wss?:/i.test(to) && leavesToOthers(request))) return undefined;
  if (to === '!') {
    step(request, `${directive.name.value} ${from} ! leaves the path "${request.uri}" alone.`, directive);
    return 'declined';
  }
  request.filename = `proxy:${withoutSocket(request, found.url)}`;
  request.proxied = true;
  request.handler = 'proxy-server';
  if (found.raw) request.notes.add('proxy-nocanon');
  chooseMapping(request, directive, `it maps "${request.uri}" to ${found.url}`);
  return 'ok';
}

/** A tunnel for WebSockets alone passes other requests on to the next mapping (`proxy_wstunnel_check_trans`). */
function leavesToOthers(request: Request): boolean {
  const falls =
    isOn(request, 'proxywebsocketfallbacktoproxyhttp', true) && request.setting.modules?.has('proxy_http') !== false;
  const isTunnel = !falls && request.setting.modules?.has('proxy_wstunnel') !== false;
  return isTunnel && request.headersIn.get('Upgrade') === undefined;
}

/** Takes `unix:/path|` off the URL of a backend and keeps the path (`ap_proxy_fix_uds_filename`). */
export function withoutSocket(request: Request, url: string): string {
  const match = /^unix:([^|]*)\|(.*)$/is.exec(url);
  if (!match) return /^unix:/i.test(url) ? giveUp('A backend at a Unix socket is named without a URL.') : url;
  request.socket = match[1]!;
  return match[2]!;
}

/** The section that a directive stands in, containers that only ask a condition (`<IfModule>`) aside. */
function sectionAround(directive: Directive): Directive | undefined {
  let around = directive.parent.owner;
  while (around && (/^if(?:module|define|version|file|directive|section)$/.test(around.key) || around.key === 'macro'))
    around = around.parent.owner;
  return around && around.key !== 'virtualhost' ? around : undefined;
}

function sectionPath(request: Request, section: Directive): string {
  const words = section.args;
  return textOf(request.setting, words[0]?.value === '~' && words.length > 1 ? words[1] : words[0]);
}

interface Found {
  readonly url: string;
  /** The path is the raw one, and is sent as it is. */
  readonly raw: boolean;
}

function matchPrefix(request: Request, from: string, to: string, noCanon: boolean): Found | undefined {
  const length = prefixLength(request.uri, from);
  if (length === 0) return undefined;
  // An escape in the prefix would make the raw path match elsewhere.
  const raw = noCanon && prefixLength(request.unparsedUri, from) === length;
  return { url: to + (raw ? request.unparsedUri : request.uri).slice(length), raw };
}

function matchRegex(request: Request, from: string, to: string, noCanon: boolean): Found | undefined {
  const regex = regexOf(from);
  const match = regex.exec(request.uri);
  if (!match) return undefined;
  const rawMatch = noCanon ? regex.exec(request.unparsedUri) : null;
  const path = rawMatch ? request.unparsedUri : request.uri;
  const url = substitute(to, rawMatch ?? match);
  return { url: url === to ? to + path : url, raw: rawMatch !== null };
}
