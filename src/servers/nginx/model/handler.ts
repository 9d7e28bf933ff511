import { unknown, type Handler, type Upstream } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { NginxScope } from '../meaning/scope.ts';
import { passDirectives, targetOf } from '../meaning/target.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';

/** Content handlers that answer by themselves, in a way this model does not describe; see also {@link isContentHandler}. */
const otherContent: ReadonlySet<string> = new Set([
  'js_content',
  'perl',
  'empty_gif',
  'stub_status',
  'flv',
  'mp4',
  'hls',
  'api',
  'status',
  'echo',
]);

/** Patterns that every path matches. */
const everyPath = /^\^?\(?\/?(?:\(?\.\*\)*\$?)?$/;

/** What a level does with a request by its own directives; undefined when it says nothing, so that files are served. */
export function ownHandler(scope: NginxScope, upstreams: ReadonlyMap<string, Upstream>): Handler | undefined {
  let content: Directive | undefined;
  let denies = false;
  /** A request that a rewrite with "break" took gets to the content all the same. */
  let mayBreak = false;
  let answer: Handler | undefined;
  for (const directive of scope.directives) {
    const { key } = directive;
    if (key === 'return' || key === 'rewrite') {
      answer ??= rewriteAnswer(directive);
      if (answer && !mayBreak) return answer;
      mayBreak ||= directive.args[2]?.value === 'break';
    }
    if (isContentHandler(key)) content = directive;
    else if (key === 'deny') denies = true;
  }
  const denied = denies ? deniesAll(scope) : undefined;
  return denied ?? (content && contentHandler(content, upstreams)) ?? answer;
}

/** `return`, and a `rewrite` of every request to a redirect: they come before any content. */
export function rewriteAnswer(directive: Directive): Handler | undefined {
  if (directive.key === 'return') return returnHandler(directive);
  if (directive.key !== 'rewrite') return undefined;
  const [pattern, to, flag] = directive.args;
  if (!pattern || !to || !everyPath.test(pattern.value)) return undefined;
  if (flag?.value === 'permanent') return { kind: 'redirect', status: 301, to, directive };
  const external = /^(?:https?:\/\/|\$\{?scheme\b)/.test(to.value);
  return flag?.value === 'redirect' || external ? { kind: 'redirect', status: 302, to, directive } : undefined;
}

function returnHandler(directive: Directive): Handler {
  const [first, second] = directive.args;
  const code = first && /^\d{3}$/.test(first.value) ? Number(first.value) : undefined;
  if (first && code === undefined) {
    const status = isPlaceholder(first.value) ? unknown : 302;
    return { kind: status === unknown ? 'return' : 'redirect', status, to: first, directive };
  }
  const redirects = code !== undefined && [301, 302, 303, 307, 308].includes(code) && second !== undefined;
  return { kind: redirects ? 'redirect' : 'return', status: code ?? unknown, to: second, directive };
}

function contentHandler(directive: Directive, upstreams: ReadonlyMap<string, Upstream>): Handler {
  const protocol = passDirectives[directive.key];
  const target = protocol && targetOf(directive, upstreams);
  return target ? { kind: 'proxy', protocol, target, directive } : { kind: 'unknown' };
}

function isContentHandler(key: string): boolean {
  return key.endsWith('_pass') || otherContent.has(key) || key.startsWith('content_by_lua');
}

/** `deny all` with no `allow` beside it, and nothing that would satisfy the access phase in its place. */
function deniesAll(scope: NginxScope): Handler | undefined {
  const directive = scope.own('deny').find(({ args }) => args[0]?.value === 'all');
  if (!directive || scope.own('allow').length > 0) return undefined;
  if (scope.effective('satisfy')[0]?.args[0]?.value.toLowerCase() === 'any') return undefined;
  return { kind: 'deny', directive };
}
