import { placeIn } from '../../syntax/tree.ts';
import { contains, parseNetwork } from '../../model/network.ts';
import { defineRule } from '../define-rule.ts';
import { readAuthority } from '../../model/url.ts';

export default defineRule({
  meta: {
    summary: 'Names of backends are resolved by a public DNS server',
    why: 'The answers cross the network without protection: whoever forges one sends the requests, with their cookies, to another backend. Internal names are told to strangers.',
    how: 'Use the resolver of this machine or network.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver'],
  },
  messages: {
    external: '"{{address}}" is a public DNS server: a forged answer sends requests elsewhere.',
  },
  check: ({ report }) => ({
    directives: {
      resolver(directive) {
        for (const word of directive.args) {
          const parsed = parseNetwork(readAuthority(word.value).host.text);
          if (!parsed || word.value.includes('=') || local.some((network) => contains(network, parsed))) continue;
          report({ message: 'external', at: placeIn(directive, word), data: { address: word.value } });
        }
      },
    },
  }),
});

/** Of this machine, private, shared and link-local; 168.63.129.16 is the resolver inside Azure. */
const local = (
  '127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 169.254.0.0/16 100.64.0.0/10 168.63.129.16 ' +
  '192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 ::1 fc00::/7 fe80::/10'
)
  .split(' ')
  .map((text) => parseNetwork(text)!);
