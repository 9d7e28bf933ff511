import { unknown, type Handler, type Upstream } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { NginxScope } from '../meaning/scope.ts';
import { passDirectives } from '../meaning/pass.ts';
import { isRedirectUrl } from '../meaning/redirect-url.ts';
import { targetOf } from '../meaning/target.ts';
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

/** What the targets of a config are read with. */
export interface TargetContext {
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** What the variables in the target of a pass directive always make of it; undefined: nothing, or there are none. */
  readonly constantOf: (pass: Directive) => string | undefined;
}

/** What a level does with a request by its own directives; undefined when it says nothing, so that files are served. */
export function ownHandler(scope: NginxScope, context: TargetContext): Handler | undefined {
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
  return denied ?? (content && contentHandler(content, context)) ?? answer;
}

/** As {@link ownHandler}, for a server: nginx refuses there what hands requests on. */
export function serverHandler(scope: NginxScope, context: TargetContext): Handler | undefined {
  const handler = ownHandler(scope, context);
  if (handler?.kind !== 'proxy') return handler;
  return scope.directives.map((directive) => rewriteAnswer(directive)).find((answer) => answer !== undefined);
}

/** `return`, and a `rewrite` of every request to a redirect: they come before any content. */
export function rewriteAnswer(directive: Directive): Handler | undefined {
  if (directive.key === 'return') return returnHandler(directive);
  if (directive.key !== 'rewrite') return undefined;
  const [pattern, to, flag] = directive.args;
  if (!pattern || !to || !everyPath.test(pattern.value)) return undefined;
  if (flag?.value === 'permanent') return { kind: 'redirect', status: 301, to, directive };
  return flag?.value === 'redirect' || isRedirectUrl(to.value)
    ? { kind: 'redirect', status: 302, to, directive }
    : undefined;
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

function contentHandler(directive: Directive, { upstreams, constantOf }: TargetContext): Handler {
  const pass = passDirectives.get(directive.key);
  const target = pass && targetOf(directive, upstreams, constantOf(directive));
  return target ? { kind: 'proxy', protocol: pass.protocol, target, directive } : { kind: 'unknown' };
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
