import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A listen without an address, whose first parameter is taken for the name of a host',
    why: 'The first word of "listen" is an address, always: nginx asks the name servers for a host of that name and does not start without one, and with one listens without the parameter, on port 80.',
    how: 'Write the port first: "listen 443 ssl;".',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#listen'],
  },
  messages: {
    host: 'nginx takes "{{word}}" for the name of a host to listen on, not for a parameter: the port is missing.',
  },
  check: ({ report }) => ({
    directives: {
      listen(directive: Directive) {
        const [word] = directive.args;
        if (word && parameters.has(word.value.toLowerCase()))
          report({ message: 'host', at: placeIn(directive, word), data: { word: word.value } });
      },
    },
  }),
});

const parameters: ReadonlySet<string> = new Set([
  'ssl',
  'http2',
  'quic',
  'default_server',
  'default',
  'reuseport',
  'proxy_protocol',
  'deferred',
  'bind',
  'udp',
]);
