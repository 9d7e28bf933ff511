import type { VirtualHost } from '../../ir/model.ts';
import type { Block, Directive } from '../../ir/syntax.ts';
import { children, walk } from '../../ir/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'ProxyRequests is on and everybody may use the proxy',
    why: 'An open forward proxy lets strangers reach your internal network and hide behind your address; it is found and abused within hours.',
    how: 'A reverse proxy needs no ProxyRequests: set it to Off. For a forward proxy, allow your own clients only: <Proxy "*"> Require ip 10.0.0.0/8 </Proxy>.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#access',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxyrequests',
    ],
  },
  messages: {
    granted: '"ProxyRequests {{value}}" with an access rule that admits everybody makes an open forward proxy.',
    unrestricted: '"ProxyRequests {{value}}" without an access rule in <Proxy "*"> makes an open forward proxy.',
  },
  check({ config, report }) {
    const root = config.file.root;

    function checkHost(host: VirtualHost): void {
      const requests = host.scope.effective('proxyrequests').at(-1);
      const value = requests?.args[0]?.value ?? '';
      if (!requests || value.toLowerCase() !== 'on' || isLocal(host)) return;
      const access = accessOfProxies(root);
      const isOpen = access.length > 0 && access.every((directive) => admitsAll(directive));
      if (isOpen)
        report({
          message: 'granted',
          at: requests,
          data: { value },
          related: [{ at: access[0]!, message: 'admits everybody' }],
        });
      else if (access.length === 0 && host.scope.certainty('proxy') !== 'unread') {
        report({
          message: 'unrestricted',
          at: requests,
          confidence: config.complete ? 'high' : 'medium',
          data: { value },
        });
      }
    }

    return { virtualHost: checkHost };
  },
});

/** Reached from this machine only. */
function isLocal({ listeners }: VirtualHost): boolean {
  return listeners.length > 0 && listeners.every(({ address }) => /^(?:127\.|\[::1\]|localhost$)/.test(address));
}

const accessKeys = new Set(['require', 'allow', 'deny']);

/** The access rules that a forward proxy request can meet: those in <Proxy *>, and in <Location> sections. */
function accessOfProxies(root: Block): Directive[] {
  const rules: Directive[] = [];
  walk(root, (section) => {
    if (!section.block || !/^(?:proxy|proxymatch|location|locationmatch)$/.test(section.key)) return;
    walk(section.block, (directive) => {
      if (accessKeys.has(directive.key)) rules.push(directive);
    });
    for (const directive of children(section.block)) if (directive.key.startsWith('include')) rules.push(directive);
  });
  return rules;
}

function admitsAll({ key, args }: Directive): boolean {
  const text = args.map((word) => word.value.toLowerCase()).join(' ');
  return (key === 'require' && text === 'all granted') || (key === 'allow' && text === 'from all');
}
