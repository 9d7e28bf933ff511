import type { Config } from '../../syntax/config.ts';
import { walk } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A group of servers that nothing proxies to',
    why: 'It has no effect: what it was meant for was renamed or removed, or its name is misspelt where it is used.',
    how: 'Remove it, or use its name in proxy_pass or the like.',
    whenOff: 'Where a file that proxylint does not see proxies to it.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['upstream'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_upstream_module.html#upstream'],
  },
  messages: { unused: 'The upstream "{{name}}" is used nowhere.' },
  check: ({ config, model, report }) => ({
    end() {
      if (!config.complete || model.upstreams.length === 0) return;
      const used = hostsUsed(config);
      for (const { name, directive } of model.upstreams) {
        if (!used.has(name.toLowerCase())) report({ message: 'unused', at: directive, data: { name } });
      }
    },
  }),
});

/** Every name that stands anywhere in an argument or an entry: a variable, a map or a script may hand it to proxy_pass. */
function hostsUsed(config: Config): ReadonlySet<string> {
  const names = new Set<string>();
  walk(config.file.root, ({ key, name, args, block }) => {
    if (key === 'upstream') return;
    const words = block?.body ? [...args, block.body] : args;
    for (const { value } of [name, ...words])
      for (const match of value.matchAll(/[\w.-]+/g)) names.add(match[0].toLowerCase());
  });
  return names;
}
