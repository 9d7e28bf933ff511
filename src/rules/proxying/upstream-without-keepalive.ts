import { keepaliveByDefault } from '../../servers/nginx/model/headers.ts';
import { isPartlyRead } from '../../servers/nginx/meaning/unread.ts';
import type { Route, Upstream } from '../../model/model.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { isBefore } from '../../model/versions.ts';
import { insertAfter } from '../../edits/statements.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An upstream to which each request opens a connection of its own',
    why: 'Before 1.29.7 nginx keeps no connections to backends by itself: each request pays for a handshake, and under load the ports of the machine run out.',
    how: 'Set "keepalive" in the upstream, beside "proxy_http_version 1.1;" and "proxy_set_header Connection \\"\\";" where it is used.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: ['upstream'] },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html#keepalive',
      'https://blog.nginx.org/blog/avoiding-top-10-nginx-configuration-mistakes',
    ],
  },
  messages: { unkept: 'nginx before 1.29.7 keeps no connections to the servers of "{{name}}".' },
  check({ targets, report }) {
    if (targets.nginx && !isBefore(targets.nginx, keepaliveByDefault)) return {};
    const used = new Set<Upstream>();
    return {
      route({ handler }: Route) {
        if (handler.kind === 'proxy' && handler.directive.key === 'proxy_pass' && handler.target.upstream)
          used.add(handler.target.upstream);
      },
      upstream(upstream) {
        const { directive, name } = upstream;
        const { block } = directive;
        if (!block || !used.has(upstream)) return;
        if (childrenNamed(block, 'keepalive').length > 0 || isPartlyRead(block, 'keepalive')) return;
        const last = childrenNamed(block, 'server').at(-1);
        const fix = last && { fix: { title: 'Keep connections', edits: [insertAfter(last, 'keepalive 32')] } };
        report({ message: 'unkept', at: directive, data: { name }, ...fix });
      },
    };
  },
});
