import type { Scope } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Each request looks for files anew',
    why: 'Without a cache try_files asks the file system for each of its paths, at every request. On network file systems and under load that takes time.',
    how: 'Set "open_file_cache max=1000 inactive=20s;" where changed files may be seen some seconds later; leave it where they must be seen at once.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: ['try_files'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#open_file_cache',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files',
    ],
  },
  messages: {
    uncached: '"try_files" asks the file system at every request: no "open_file_cache" is in force here.',
  },
  check({ report }) {
    const seen = new Set<Directive>();

    function check(scope: Scope): void {
      const tryFiles = scope.own('try_files').at(-1);
      if (!tryFiles || seen.has(tryFiles)) return;
      seen.add(tryFiles);
      const cache = scope.effective('open_file_cache').at(-1);
      if (cache ? isOff(cache) : scope.certainty('open_file_cache') !== 'unread') {
        report({
          message: 'uncached',
          at: tryFiles,
          ...(cache && { related: [{ at: cache, message: 'switched off' }] }),
        });
      }
    }

    return { route: ({ scope }) => check(scope), virtualHost: ({ scope }) => check(scope) };
  },
});
