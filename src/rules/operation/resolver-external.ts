import { placeIn } from '../../syntax/tree.ts';
import { isPublicResolver } from '../_shared/public-resolvers.ts';
import { defineRule } from '../define-rule.ts';

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
          if (!isPublicResolver(word.value)) continue;
          report({ message: 'external', at: placeIn(directive, word), data: { address: word.value } });
        }
      },
    },
  }),
});
