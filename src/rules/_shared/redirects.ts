/** The redirects of a config, each with the virtual host that sends it. */
import type { VirtualHost } from '../../model/model.ts';
import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';
import { enclosing, type Directive, type Word } from '../../syntax/tree.ts';
import type { RuleContext, Visitor } from '../define-rule.ts';

export interface Redirect {
  readonly host: VirtualHost;
  readonly directive: Directive;
  readonly to: Word;
}

type Context = Pick<RuleContext<Readonly<Record<string, string>>>, 'dialect' | 'model'>;

/** Calls `check` for each redirect: nginx `return` and `rewrite`, httpd's mappings. */
export function visitRedirects({ dialect, model }: Context, check: (redirect: Redirect) => void): Visitor {
  if (dialect !== 'nginx')
    return {
      route({ handler, virtualHost: host }) {
        if (handler.kind === 'redirect' && handler.to) check({ host, directive: handler.directive, to: handler.to });
      },
    };
  const found: Directive[] = [];
  const collect = (directive: Directive): void => void found.push(directive);
  return {
    directives: { return: collect, rewrite: collect },
    end() {
      const hosts = new HostsByDirective(model.virtualHosts);
      for (const directive of found) {
        const to = redirectUrl(directive);
        const host = to && hosts.around(directive);
        if (to && host) check({ host, directive, to });
      }
    },
  };
}

/** Finds the virtual host that a directive stands in. */
export class HostsByDirective {
  readonly #hosts: ReadonlyMap<Directive | undefined, VirtualHost>;

  constructor(hosts: readonly VirtualHost[]) {
    this.#hosts = new Map(hosts.map((host) => [host.directive, host]));
  }

  /** In a piece of a config without a server: the unseen one around it. */
  around(directive: Directive): VirtualHost | undefined {
    for (let outer = enclosing(directive); outer; outer = enclosing(outer)) {
      const host = this.#hosts.get(outer);
      if (host) return host;
    }
    return this.#hosts.get(undefined);
  }
}
