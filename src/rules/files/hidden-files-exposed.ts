import { locationForAll, serverServesFiles, servesFiles } from '../../servers/nginx/meaning/files.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Files whose names begin with a dot are served',
    why: 'A .git directory, a .env or a .htpasswd file below the document root can be fetched by everybody who tries its name.',
    how: 'Turn such requests away with "location ~ /\\.(?!well-known/) { return 404; }".',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
      'https://cwe.mitre.org/data/definitions/538.html',
    ],
  },
  messages: {
    served: '"{{root}}" is served with its hidden files: no location turns "/.git" or "/.env" away.',
  },
  check: ({ report }) => ({
    virtualHost(host) {
      const root = host.scope.effective('root').at(-1);
      if (!root || !host.directive || host.scope.open) return;
      const all = locationForAll(host);
      if (!(all ? servesFiles(all) : serverServesFiles(host))) return;
      if (host.routes.some(({ match, scope }) => scope.open || turnsHiddenAway(match.pattern))) return;
      report({
        message: 'served',
        at: root,
        data: { root: root.args[0]?.value ?? '' },
        witness: "curl 'http://host/.git/config'",
      });
    },
  }),
});

/** A pattern that names a slash and a dot, as written for file names that begin with one. */
function turnsHiddenAway(pattern: string): boolean {
  return /\/\)?\\\.|\/\[.]\]|\/\(\?:?\\\.|\(\^\|\/\)\\?\.|\.git|\.env|\\\.ht/.test(pattern);
}
