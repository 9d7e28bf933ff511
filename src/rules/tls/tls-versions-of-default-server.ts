import { nginxReadsNameFirst } from '../../facts/tls.ts';
import type { Listener, VirtualHost } from '../../model/model.ts';
import { possibleLists } from '../../model/tls-versions.ts';
import { isBefore } from '../../model/versions.ts';
import { headerOf, type Directive } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { listenAddress } from '../_shared/listen-address.ts';
import { nginxTls } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { rejectsHandshakes } from './_listeners.ts';

export default defineRule({
  meta: {
    summary: 'A server of nginx wants other TLS versions than the default server of its address, which decides',
    why: 'Before 1.29.2 nginx learns the requested name only after OpenSSL has chosen the version of TLS, so the "ssl_protocols" of the default server hold for all names of an address: a stricter list elsewhere protects nobody, a wider one lets nobody in.',
    how: 'Set ssl_protocols once in "http", or in the default server as this one wants it; else give the server an address of its own, or use nginx 1.29.2 or newer.',
    whenOff:
      'Where all nginx that load the config are 1.29.2 or newer; naming that version as the target does the same.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxTls },
    references: [
      'https://nginx.org/en/docs/http/server_names.html#virtual_server_selection',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols',
    ],
  },
  messages: {
    ignored:
      'Before nginx 1.29.2 this has no effect on "{{address}}"{{more}}: the default server of that address decides, and it offers {{versions}}.',
    decides:
      'Before nginx 1.29.2 this holds for all names of "{{address}}": "{{name}}" gets {{versions}} as well, not {{wanted}}.',
  },
  check({ config, targets: { nginx: target }, report }) {
    if (target && !isBefore(target, nginxReadsNameFirst)) return {};
    const seen = new Set<VirtualHost>();
    const confidence = target ? 'high' : 'medium';

    return {
      listener(listener) {
        const { defaultHost, explicitDefault, tls, http3 } = listener;
        if (!tls || http3 || seen.has(defaultHost) || (!explicitDefault && !config.serversComplete)) return;
        const others = differing(listener);
        const own = others.find((host) => ownList(host));
        const host = own ?? others[0];
        if (!host) return;
        const address = listenAddress(listener);
        const versions = offeredBy(defaultHost);
        const decider = ownList(defaultHost);
        if (own) {
          seen.add(defaultHost);
          const more = others.length > 1 ? ` (nor has that of ${countOf(others.length - 1)})` : '';
          const at = decider ?? (defaultHost.directive && headerOf(defaultHost.directive));
          report({
            message: 'ignored',
            at: ownList(own)!,
            confidence,
            data: { more, address, versions },
            ...(at && { related: [{ at, message: 'the default server' }] }),
          });
        } else if (decider) {
          seen.add(defaultHost);
          const name = host.names[0]?.text ?? 'another server';
          report({
            message: 'decides',
            at: decider,
            confidence,
            data: { address, name, versions, wanted: offeredBy(host) },
            ...(host.directive && { related: [{ at: headerOf(host.directive), message: 'the other server' }] }),
          });
        }
      },
    };
  },
});

/** The servers that want versions which the default server offers in no version of nginx that the config may be for. */
function differing({ virtualHosts, defaultHost }: Listener): readonly VirtualHost[] {
  const decided = listsOf(defaultHost);
  return virtualHosts.filter((host) => {
    if (host === defaultHost || rejectsHandshakes(host.scope)) return false;
    const wanted = listsOf(host);
    return decided.length > 0 && wanted.length > 0 && !wanted.some((list) => decided.includes(list));
  });
}

function listsOf({ tls }: VirtualHost): readonly string[] {
  return possibleLists(tls).map(listOf);
}

function countOf(count: number): string {
  return count === 1 ? '1 other server' : `${count} other servers`;
}

/** Where it depends on the version of nginx, what the oldest one offers. */
function offeredBy(host: VirtualHost): string {
  return listsOf(host)[0]!;
}

/** The `ssl_protocols` that stands in the server itself. */
function ownList({ tls: { protocols } }: VirtualHost): Directive | undefined {
  return protocols.origin === 'default' || protocols.inherited ? undefined : protocols.origin;
}
