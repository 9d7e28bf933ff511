import type { Route } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A root repeats the path of its location',
    why: 'nginx appends the whole request path to the root, so the files are looked for in a directory of that name inside itself and every request answers 404.',
    how: 'Use "alias" with this directory, or "root" with the directory above it.',
    whenOff: 'Where the directory holds a folder of the same name.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['root'] },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#root',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#alias',
    ],
  },
  messages: {
    doubled: '"root {{root}}" in the location "{{path}}" looks for files below "{{doubled}}".',
  },
  check({ report }) {
    function check(route: Route): void {
      const { match } = route;
      if (match.kind !== 'prefix' && match.kind !== 'prefix-noregex') return;
      const root = route.scope.own('root').at(-1);
      const word = root?.args[0];
      const path = trimSlash(match.pattern);
      if (!root || !word || path === '' || !trimSlash(word.value).endsWith(path)) return;
      // A handler other than the static one may use the root in its own way.
      if (route.handler.kind !== 'static' || route.scope.own('try_files').length > 0) return;
      const directory = trimSlash(word.value);
      report({
        message: 'doubled',
        at: placeIn(root, word),
        data: { root: word.value, path: match.pattern, doubled: `${directory}${path}` },
        related: [{ at: route.directive, message: 'the path that is appended' }],
        fix: {
          title: 'Use alias',
          edits: [
            { place: placeIn(root, root.name), text: 'alias' },
            { place: placeIn(root, word), text: match.pattern.endsWith('/') ? `${directory}/` : directory },
          ],
        },
      });
    }

    return { route: check };
  },
});

function trimSlash(path: string): string {
  return path.replace(/(?<!\/)\/+$/, '');
}
