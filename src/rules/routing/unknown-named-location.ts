import type { VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { suggest } from '../../text/suggest.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A named location that the server does not have',
    why: 'nginx starts, and answers each request that is led there with 500: "could not find named location".',
    how: 'Write the name of a "location @name" of the same server, or add one.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ try_files: /^@/, error_page: /^@/ }] },
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#location'],
  },
  messages: {
    missing: 'This server has no location "{{name}}": requests that get here are answered with 500.',
    misspelled: 'This server has no location "{{name}}"; did you mean "{{suggestion}}"?',
  },
  check({ report }) {
    const told = new Set<Directive>();

    function check(directive: Directive, word: Word | undefined, names: ReadonlySet<string>): void {
      const name = word?.value ?? '';
      if (!word || !name.startsWith('@') || name.includes('$') || names.has(name) || told.has(directive)) return;
      told.add(directive);
      const at = placeIn(directive, word);
      const suggestion = suggest(name, names);
      if (suggestion === undefined) report({ message: 'missing', at, data: { name } });
      else report({ message: 'misspelled', at, data: { name, suggestion } });
    }

    function checkHost({ directive, scope, routes }: VirtualHost): void {
      if (directive?.key !== 'server' || scope.open) return;
      const named = routes.filter(({ match }) => match.kind === 'named');
      const names = new Set(named.map(({ match }) => match.pattern));
      for (const level of [scope, ...routes.map((route) => route.scope)]) {
        for (const key of ['try_files', 'error_page'])
          for (const leading of level.own(key)) check(leading, leading.args.at(-1), names);
      }
    }

    return { virtualHost: checkHost };
  },
});
