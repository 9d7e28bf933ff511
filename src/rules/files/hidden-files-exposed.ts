import { locationForAll, serverServesFiles, servesFiles } from '../../servers/nginx/meaning/files.ts';
import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';

const messages = {
  served: '"{{root}}" is served with its hidden files: nothing turns "/.git" or "/.env" away.',
} as const;

export default defineRule({
  meta: {
    summary: 'Files whose names begin with a dot are served',
    why: 'A .git directory, a .env or a .htpasswd file below the document root can be fetched by everybody who tries its name.',
    how: {
      nginx: 'Turn such requests away: "location ~ /\\.(?!well-known/) { return 404; }".',
      apache: 'Turn such requests away: "RedirectMatch 404 /\\.(?!well-known/)".',
    },
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: ['root'], apache: ['documentroot'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirectmatch',
      'https://cwe.mitre.org/data/definitions/538.html',
    ],
  },
  messages,
  check: {
    nginx: ({ report }) => ({
      virtualHost(host) {
        const root = host.scope.effective('root').at(-1);
        if (!root || !host.directive || host.scope.open) return;
        const all = locationForAll(host);
        if (!(all ? servesFiles(all) : serverServesFiles(host))) return;
        if (host.routes.some(({ match, scope }) => scope.open || turnsHiddenAway(match.pattern))) return;
        report({ message: 'served', at: root, data: { root: root.args[0]?.value ?? '' }, witness });
      },
    }),
    apache: checkApache,
  },
});

const witness = "curl 'http://host/.git/config'";

function checkApache({ config, report }: RuleContext<typeof messages>): Visitor {
  let isGuarded = false;
  const look = ({ args }: Directive): void => {
    isGuarded ||= args.some(({ value }) => guardsOthers(value));
  };
  return {
    directives: Object.fromEntries(guards.map((key) => [key, look])),
    virtualHost({ scope, routes }) {
      const root = scope.own('documentroot').at(-1);
      if (!root || isGuarded || scope.open || routes.some(takesAll)) return;
      const data = { root: root.args[0]?.value ?? '' };
      // The rest of the config may have a guard for all hosts.
      report({ message: 'served', at: root, data, witness, ...(!config.complete && { confidence: 'low' }) });
    },
  };
}

/** Where httpd may say something of names that begin with a dot. */
const guards = [
  'directorymatch',
  'directory',
  'filesmatch',
  'files',
  'locationmatch',
  'location',
  'redirectmatch',
  'rewriterule',
  'rewritecond',
  'aliasmatch',
];
/** The guard of ".htaccess", which every main config has, is none for others. */
function guardsOthers(pattern: string): boolean {
  const rest = pattern.replaceAll(/\\?\.ht\w*/g, '');
  return turnsHiddenAway(rest) || startsWithDot.test(rest);
}

/** The name of a file: "^\.(?!well-known)", ".*". */
const startsWithDot = /^\^?\(?(?:\\\.|\[.\])|^\.[*?[]/;

/** Nothing is left for the files of the host. */
function takesAll({ match, handler, conditions }: Route): boolean {
  if (handler.kind === 'static' || handler.kind === 'unknown' || conditions.length > 0)
    return handler.kind === 'unknown';
  return match.kind === 'all' || match.pattern === '/' || /^\^?\/?(?:\(?\.\*\)?)?\$?$/.test(match.pattern);
}

/** A pattern that names a slash and a dot, as written for file names that begin with one. */
function turnsHiddenAway(pattern: string): boolean {
  return /\/\)?\\\.|\/\[.]\]|\/\(\?:?\\\.|\(\^\|\/\)\\?\.|\.git|\.env|\\\.ht/.test(pattern);
}
