import type { VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import type { Offer } from '../../edits/lines.ts';
import { isListedPass } from '../../servers/apache/meaning/proxy-pass.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';
import { isLocal, accessOfProxies, admitsAll } from './_forward-proxy-access.ts';

export default defineRule({
  meta: {
    summary: 'ProxyRequests is on and everybody may use the proxy, or nobody needs it',
    why: 'An open forward proxy lets strangers reach your internal network and hide behind your address; it is found and abused within hours.',
    how: 'A reverse proxy needs no ProxyRequests: set it to Off. For a forward proxy, allow your own clients only: <Proxy "*"> Require ip 10.0.0.0/8 </Proxy>.',
    whenOff: 'Where this is meant to be a forward proxy and a firewall decides who reaches it.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: [{ proxyrequests: /^(?!off$)/i }] },
    fixable: 'unsafe',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#access',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyrequests',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_connect.html#allowconnect',
    ],
  },
  messages: {
    granted: '"ProxyRequests {{value}}" with an access rule that admits everybody makes an open forward proxy.',
    besideReverse:
      '"ProxyRequests {{value}}" makes a forward proxy of this host, which ProxyPass does not need; write "Off" unless both are meant.',
    connect: '"{{name}} {{ports}}" lets clients of the forward proxy connect to any service behind these ports.',
    unrestricted: '"ProxyRequests {{value}}" without an access rule in <Proxy "*"> makes an open forward proxy.',
  },
  check({ config, report }) {
    const root = config.file.root;
    const seen = new Set<Directive>();

    function checkHost(host: VirtualHost): void {
      const requests = host.scope.effective('proxyrequests').at(-1);
      const word = requests?.args[0];
      if (!requests || !word || !isOn(requests) || isLocal(host) || seen.has(requests)) return;
      seen.add(requests);
      const { value } = word;
      const isReverse = host.routes.some((route) => isListedPass(route) && route.handler.kind === 'proxy');
      const common: Offer & { data: { value: string } } = {
        data: { value },
        ...(isReverse && {
          fix: { title: 'Switch the forward proxy off', edits: [{ place: placeIn(requests, word), text: 'Off' }] },
        }),
      };
      const access = accessOfProxies(root, host);
      const isOpen = access.length > 0 && access.every((directive) => admitsAll(directive));
      if (isOpen)
        report({
          ...common,
          message: 'granted',
          at: requests,
          related: [{ at: access[0]!, message: 'admits everybody' }],
        });
      else if (access.length === 0) {
        // A piece of a config may have the access rules elsewhere.
        const isPiece = host.scope.certainty('proxy') === 'unread';
        report({
          ...common,
          message: 'unrestricted',
          at: requests,
          confidence: config.complete ? 'high' : isPiece ? 'low' : 'medium',
          ...(isPiece && { severity: 'warning' }),
        });
      } else if (isReverse) {
        report({ ...common, message: 'besideReverse', at: requests, severity: 'info' });
      }
      checkConnect(host);
    }

    /** A range of ports is more than the few services that one has in mind. */
    function checkConnect({ scope }: VirtualHost): void {
      const allow = scope.effective('allowconnect').at(-1);
      const range = allow?.args.find(({ value }) => spanOf(value) >= wideRange);
      if (!allow || !range) return;
      const data = { name: allow.name.value, ports: range.value };
      report({ message: 'connect', at: placeIn(allow, range), severity: 'warning', confidence: 'medium', data });
    }

    return { virtualHost: checkHost };
  },
});

const wideRange = 1000;

/** How many ports `443` or `8000-8999` stands for. */
function spanOf(ports: string): number {
  const [first = 0, last = first] = ports.split('-').map(Number);
  return last - first + 1;
}
