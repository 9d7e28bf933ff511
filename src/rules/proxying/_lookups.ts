/** When nginx looks the name of a backend up. */
import { type Handler, type Route, unknown } from '../../model/model.ts';
import type { Directive, Word } from '../../syntax/tree.ts';
import { readUrl } from '../../model/url.ts';
import { withoutScheme } from '../../model/scheme.ts';
import type { Visitor } from '../define-rule.ts';

export function resolverOf({ scope }: Route): Directive | undefined {
  return scope.effective('resolver').at(-1);
}

export function isNamedByVariable(handler: Handler): boolean {
  if (handler.kind !== 'proxy') return false;
  const [authority = ''] = withoutScheme(handler.target.word.value).split('/', 1);
  return authority.includes('$');
}

/** A name, and none that every machine gives itself. */
export function isLookedUp(host: string): boolean {
  return !/^(?:localhost|unix:.*|[\d.]+|\[.*)$/i.test(host);
}

/** httpd's parameters that keep no address. A rewrite rule's target has no worker of its own, so each request is looked up. */
export function isLookedUpAgain({ key, args }: Directive): boolean {
  return (
    key === 'rewriterule' || args.some(({ value }) => /^(?:disablereuse=on|enablereuse=off|addressttl=)/i.test(value))
  );
}

export type CheckHost = (host: string, directive: Directive, word: Word) => void;

export function hooksFor(checkHost: CheckHost): Visitor {
  return {
    route({ handler, preemptedBy, match }) {
      if (handler.kind !== 'proxy' || preemptedBy || handler.target.upstream || match.kind === 'condition') return;
      const { word, host } = handler.target;
      if (host === unknown || /[$%]/.test(word.value) || isLookedUpAgain(handler.directive)) return;
      checkHost(host, handler.directive, word);
    },
    upstream({ servers }) {
      for (const { directive, address } of servers)
        if (!address.value.startsWith('unix:')) checkServer(directive, address, checkHost);
    },
  };
}

function checkServer(directive: Directive, address: Word, checkHost: CheckHost): void {
  if (isLookedUpAgain(directive) || directive.args.some(({ value }) => value === 'resolve')) return;
  checkHost(readUrl(address.value).host.text, directive, address);
}

/** Of nginx streams the model knows nothing: servers of upstreams, and targets. */
export function checkStream(directive: Directive, checkHost: CheckHost): void {
  const address = directive.args[0];
  const { owner } = directive.parent;
  const isBackend = owner?.key === (directive.key === 'proxy_pass' ? 'server' : 'upstream');
  if (!address || !isBackend || owner?.parent.owner?.key !== 'stream' || address.value.includes('$')) return;
  if (address.value.includes(':')) checkServer(directive, address, checkHost);
}
