import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Clients are spread by the first three numbers of their IPv4 addresses',
    why: '"ip_hash" leaves the last number out: all clients of one network of 256 addresses, and everybody behind one proxy in front, get the same backend.',
    how: 'Spread by the whole address, "hash $binary_remote_addr consistent;", or by what tells clients apart, such as a cookie.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#ip_hash',
      'https://blog.nginx.org/blog/avoiding-top-10-nginx-configuration-mistakes',
    ],
  },
  messages: { networks: '"ip_hash" sends all IPv4 clients of one network of 256 addresses to the same server.' },
  check: ({ report }) => ({
    directives: {
      ip_hash(directive) {
        const { start, end } = directive.name;
        const place = { file: directive.parent.file, start, end };
        const fix = {
          title: 'Spread by the whole address',
          edits: [{ place, text: 'hash $binary_remote_addr consistent' }],
        };
        report({ message: 'networks', at: directive, fix });
      },
    },
  }),
});
