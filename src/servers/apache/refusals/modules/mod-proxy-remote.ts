/** `ProxyRemote` and `ProxyRemoteMatch`: `add_proxy` of `mod_proxy.c`. */
import type { Directive } from '../../../../syntax/tree.ts';
import { behindScheme } from '../uri.ts';
import { judgeRegex } from '../regex.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

function judgeRemote(directive: Directive): Refusal | undefined {
  const [match, server] = directive.args;
  if (!match || !server) return undefined;
  const rest = behindScheme(server.value);
  if (rest === undefined) return badForm(directive, server, 'a URL such as "http://proxy.example:8080"');
  const colon = rest.indexOf(':');
  const port = colon === -1 ? undefined : /^\s*\+?(\d+)/.exec(rest.slice(colon + 1))?.[1];
  if (colon !== -1 && (port === undefined || Number(port) > 65_535)) {
    return badForm(directive, server, 'a URL with a port up to 65535, or without one');
  }
  return directive.key === 'proxyremotematch' ? judgeRegex(directive, match) : undefined;
}

export const handlers: Handlers = { proxyremote: judgeRemote, proxyremotematch: judgeRemote };
