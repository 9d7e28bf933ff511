import { children } from '../../syntax/walk.ts';
import type { Route } from '../../model/model.ts';
import { normalize } from '../../text/paths.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { serverServesFiles, servesFiles } from '../../servers/nginx/meaning/files.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  root: '"{{directive}} {{path}}" serves the whole file system.',
  part: '"{{directive}} {{path}}" serves "{{location}}" of the file system itself.',
} as const;

const root = ({ args }: Directive): boolean => args.some(({ value }) => isRoot(value));

export default defineRule({
  meta: {
    summary: 'The whole file system is served',
    why: 'Every file that the server may read, such as /etc/passwd, keys and application secrets, can be fetched by its path.',
    how: 'Name the directory that holds the files to serve.',
    whenOff: 'Never: files from several places are named by an alias each.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ root, alias: root }], apache: [{ documentroot: root, alias: root }] },
    options: {
      parts: {
        type: 'boolean',
        default: false,
        description: 'Report "root /" also in a location that lets only the directory of its own name be fetched.',
      },
    },
    pedanticOptions: { parts: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#root',
      'https://httpd.apache.org/docs/2.4/mod/core.html#documentroot',
      'https://cwe.mitre.org/data/definitions/552.html',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const expose = exposer(context);
      const part: ExposePart | undefined = context.options.parts
        ? (directive, location) => exposePart(context, directive, location)
        : undefined;
      return {
        route: (route) => checkNginx(route, expose, part),
        virtualHost(host) {
          if (serverServesFiles(host)) expose(host.scope.effective('root').at(-1), '/');
        },
      };
    },
    apache(context) {
      const expose = exposer(context);
      return {
        directives: {
          documentroot: (directive) => expose(directive, '/'),
          alias(directive) {
            const path = directive.args.length > 1 ? directive.args[0]!.value : undefined;
            if (path !== undefined) expose(directive, path.replace(/\/?$/, '/'));
          },
        },
      };
    },
  },
});

type Context = Pick<RuleContext<typeof messages>, 'report'>;
type Expose = (directive: Directive | undefined, path: string) => void;
type ExposePart = (directive: Directive | undefined, location: string) => void;

function exposer({ report }: Context): Expose {
  const seen = new Set<Directive>();
  return (directive, path) => {
    const word = directive?.args.at(-1);
    if (!directive || !word || !isRoot(word.value) || seen.has(directive)) return;
    seen.add(directive);
    report({
      message: 'root',
      at: placeIn(directive, word),
      data: { directive: directive.name.value, path: word.value },
      witness: `curl --path-as-is 'http://host${path}etc/passwd'`,
    });
  };
}

/** With `root /`, a location serves what lies below its own path; with `alias /` it serves all. */
function checkNginx(route: Route, expose: Expose, exposePart: ExposePart | undefined): void {
  if (!servesFiles(route) || isRewrittenAway(route)) return;
  const { scope } = route;
  // An "if" takes the place of its location.
  const match = (route.match.kind === 'condition' ? route.parent : route)?.match ?? route.match;
  const isPrefix = match.kind === 'prefix' || match.kind === 'prefix-noregex';
  const alias = scope.effective('alias').at(-1);
  if (alias) {
    // "/files/x" becomes "/.x" under "alias /.".
    const isJoined = !match.pattern.endsWith('/') || alias.args[0]?.value.endsWith('/');
    if (isPrefix && isJoined) expose(alias, match.pattern.replace(/\/?$/, '/'));
  } else if (match.kind === 'all' || (isPrefix && match.pattern === '/')) {
    expose(scope.effective('root').at(-1), '/');
  } else if (isPrefix || match.kind === 'regex') {
    exposePart?.(scope.own('root').at(-1), match.pattern);
  }
}

/** Whether each request leaves for another location, whatever its path is. */
function isRewrittenAway({ directive }: Route): boolean {
  const inner = directive.block ? children(directive.block) : [];
  return inner.some(({ key, args }) => key === 'rewrite' && args[2]?.value === 'last' && all.has(args[0]!.value));
}

const all: ReadonlySet<string> = new Set(['^', '.*', '^.*$', '^(.*)$', '^/', '^/(.*)$']);

function exposePart({ report }: Context, directive: Directive | undefined, location: string): void {
  const word = directive?.args.at(-1);
  if (!directive || !word || !isRoot(word.value)) return;
  const data = { directive: directive.name.value, path: word.value, location };
  report({ message: 'part', at: placeIn(directive, word), data, severity: 'info' });
}

/** `/`, also written with several slashes, dots or ways back: `/srv/..`. */
function isRoot(path: string): boolean {
  return !/[$%<{]/.test(path) && normalize(path) === '/';
}
