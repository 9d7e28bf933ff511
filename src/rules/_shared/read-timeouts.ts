/** How long a server waits for the next bytes of a backend. */
import type { Scope } from '../../model/model.ts';
import * as apache from '../../servers/apache/meaning/settings.ts';
import * as nginx from '../../servers/nginx/meaning/settings.ts';
import type { Dialect, Directive } from '../../syntax/tree.ts';

export interface Wait {
  readonly seconds: number;
  /** Where it is set; undefined: the default holds. */
  readonly directive: Directive | undefined;
  readonly pass: Directive;
}

/** Undefined: not known. `pass`: the directive that names the backend. */
export function waitIn(dialect: Dialect, scope: Scope, pass: Directive): Wait | undefined {
  return dialect === 'nginx' ? nginxWait(scope, pass) : apacheWait(scope, pass);
}

const usualSeconds = 60;

function nginxWait(scope: Scope, pass: Directive): Wait | undefined {
  if (scope.certainty('proxy_read_timeout') === 'unread') return undefined;
  const directive = scope.effective('proxy_read_timeout').at(-1);
  const seconds = directive ? nginx.secondsOf(directive) : usualSeconds;
  return seconds === undefined ? undefined : { seconds, directive, pass };
}

/** The parameter of the worker, else ProxyTimeout, else Timeout. Members of a balancer have parameters of their own. */
function apacheWait(scope: Scope, pass: Directive): Wait | undefined {
  if (pass.key !== 'proxypass' || pass.args.some(({ value }) => value.startsWith('balancer:'))) return undefined;
  const written = pass.args
    .map(({ value }) => /^timeout=(\d+)$/i.exec(value)?.[1])
    .find((value) => value !== undefined);
  if (written !== undefined) return { seconds: Number(written), directive: pass, pass };
  if (scope.certainty('proxytimeout') === 'unread') return undefined;
  const directive = scope.effective('proxytimeout').at(-1) ?? scope.effective('timeout').at(-1);
  const seconds = directive ? apache.secondsOf(directive) : usualSeconds;
  return seconds === undefined ? undefined : { seconds, directive, pass };
}

/** httpd closes a connection that was upgraded by the longer of this and what holds for clients: `Timeout`, in seconds. */
export function apacheClientWait(scope: Scope): number | undefined {
  const directive = scope.effective('timeout').at(-1);
  return directive ? apache.secondsOf(directive) : usualSeconds;
}
