import { unknown } from '../../ir/model.ts';
import { placeIn } from '../../ir/syntax.ts';
import { walk } from '../../ir/walk.ts';
import { suggest } from '../../suggest.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A proxy target with the name of a balancer that has no members',
    why: 'httpd makes an empty balancer of the name and answers each request with 503: "No workers in balancer".',
    how: 'Name the balancer of a <Proxy "balancer://..."> section with BalancerMember lines.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#balancermember'],
  },
  messages: {
    unknown: 'No member belongs to "balancer://{{name}}".',
    misspelled: 'No member belongs to "balancer://{{name}}"; did you mean "balancer://{{nearest}}"?',
  },
  check({ config, report }) {
    const named = new Set<string>();
    walk(config.file.root, ({ key, args }) => {
      if (key !== 'proxy' && key !== 'balancermember') return;
      const name = /^balancer:\/\/([^/]+)/i.exec(args[0]?.value ?? '')?.[1];
      if (name !== undefined) named.add(name.toLowerCase());
    });

    return {
      route({ handler }) {
        if (handler.kind !== 'proxy' || handler.target.scheme !== 'balancer' || handler.target.upstream) return;
        const { host: name, word } = handler.target;
        if (name === unknown || named.has(name.toLowerCase())) return;
        const nearest = suggest(name, named);
        const at = placeIn(handler.directive, word);
        if (nearest !== undefined) report({ message: 'misspelled', at, data: { name, nearest } });
        else if (config.complete) report({ message: 'unknown', at, data: { name } });
      },
    };
  },
});
