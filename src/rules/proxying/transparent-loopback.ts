import { destinationsOf } from '../../model/destinations.ts';
import { isLoopbackHost } from '../../model/network.ts';
import { passDirectives, settingKeys } from '../../servers/nginx/meaning/pass.ts';
import { streamRelays } from '../../servers/nginx/meaning/stream-relays.ts';
import { settingOf } from '../../servers/nginx/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

const binds = settingKeys([...passDirectives.values()], 'bind');

export default defineRule({
  meta: {
    summary: 'Transparent proxying to a loopback address',
    why: 'With "transparent" the backend sees the address of the client and answers to it. From a loopback address that answer leaves only with routing rules made for it; without them every request ends with 504.',
    how: 'Set up the rules of routing that bring the answers back, let the backend listen on another address, or tell it the address of the client by a header or the PROXY protocol.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: binds },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_bind',
      'https://docs.kernel.org/networking/tproxy.html',
    ],
  },
  messages: {
    loopback:
      'The backend "{{host}}" is a loopback address; with "transparent" its answers to clients need routing rules of their own.',
  },
  check({ config, report }) {
    const told = new Set<Directive>();

    function check(bind: Directive | undefined, pass: Directive, hosts: readonly string[]): void {
      const host = hosts.find(isLoopbackHost);
      if (!bind || host === undefined || told.has(bind) || !isTransparent(bind)) return;
      told.add(bind);
      report({ message: 'loopback', at: bind, data: { host }, related: [{ at: pass, message: 'this backend' }] });
    }

    return {
      route({ handler, preemptedBy, scope }) {
        if (handler.kind !== 'proxy' || preemptedBy) return;
        const { directive } = handler;
        const family = passDirectives.get(directive.key)?.family;
        const bind = family && scope.effective(`${family}_bind`).at(-1);
        if (bind)
          check(
            bind,
            directive,
            destinationsOf(handler).map(({ host }) => host),
          );
      },
      end() {
        for (const { block, pass, places } of streamRelays(config)) {
          const outer = block.owner?.parent;
          const bind = settingOf(block, 'proxy_bind') ?? (outer && settingOf(outer, 'proxy_bind'));
          if (pass)
            check(
              bind,
              pass,
              places.map(({ host }) => host),
            );
        }
      },
    };
  },
});

/** To the address of the client: one that is written is this machine's own, as a rule. */
function isTransparent({ args }: Directive): boolean {
  return (
    args[1]?.value === 'transparent' &&
    /^\$\{?(?:remote_addr|realip_remote_addr|proxy_protocol_addr)\b/.test(args[0]!.value)
  );
}
