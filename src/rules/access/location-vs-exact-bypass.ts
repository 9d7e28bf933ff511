import type { Route, Target, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { backendKey } from '../_shared/backends.ts';
import { guardCertainty, hasGuard } from '../../servers/nginx/meaning/access.ts';
import { defineRule } from '../define-rule.ts';
import { escapedScripts } from './_escaped-scripts.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A guarded location is passed by: through a slash after an exact path, or by the location for scripts',
    why: '"location = /admin" takes this one path and nothing else. "/admin/" and "/admin/x" fall to another location, and the backend often answers them like "/admin".',
    how: 'Guard the prefix: "location /admin { ... }", or for a script "location ~ ^/admin\\.php(?:/|$) { ... }" before the location of the scripts.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['deny', 'auth_basic', 'auth_request'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
      'https://cwe.mitre.org/data/definitions/288.html',
    ],
  },
  messages: {
    backend: 'Only "{{path}}" itself is guarded: "{{path}}/" reaches the same backend through "{{other}}".',
    scripts:
      'Scripts below "{{path}}" are run without its "{{guard}}": this location takes them, whatever the prefix says.',
    script: 'Only "{{path}}" itself is guarded: "{{path}}/x.php" reaches the same script through "{{other}}".',
  },
  check: ({ report }) => ({
    virtualHost(host) {
      for (const route of host.routes) {
        const found = guardedExactly(route) && wayAround(route, host);
        if (!found) continue;
        const { other, message, path } = found;
        report({
          message,
          at: route.directive,
          data: { path: route.match.pattern, other: headOf(other.directive) },
          related: [{ at: other.directive, message: 'takes the request, without the guard' }],
          witness: `curl 'http://host${path}'`,
        });
      }
      for (const { scripts, guards } of escapedScripts(host)) {
        const [{ path, directive: guard }] = guards as [(typeof guards)[number]];
        report({
          message: 'scripts',
          at: scripts.directive,
          why: 'A regular expression wins over a prefix, and nothing of the location of the prefix holds for what it takes: the pages of the application are open to everybody.',
          how: `Write the guard on the level of the server, or into both locations; or put "location ${patternOf(scripts)}" into the guarded location.`,
          data: { path, guard: guard.key },
          related: guards.map((each) => ({ at: each.directive, message: `guards "${each.path}"` })),
          witness: `curl -i 'http://host${path.replace(/\/$/, '')}/index.php'`,
        });
      }
    },
  }),
});

function patternOf({ directive }: Route): string {
  return directive.args.map(({ raw }) => raw).join(' ');
}

/** `location = /x` with access rules of its own, for clients. */
function guardedExactly({ match, scope, internal, preemptedBy, parent, directive }: Route): boolean {
  if (directive.key !== 'location' || match.kind !== 'exact' || internal || preemptedBy || parent) return false;
  if (!/^\/[\w./-]*[\w-]$/.test(match.pattern)) return false;
  const own = [...scope.own('deny'), ...scope.own('auth_basic'), ...scope.own('auth_request')];
  return own.some((directive) => !isOff(directive));
}

interface Way {
  readonly other: Route;
  readonly message: 'backend' | 'script';
  readonly path: string;
}

function wayAround(route: Route, host: VirtualHost): Way | undefined {
  const { pattern } = route.match;
  const outer = host.routes.filter(({ directive, parent }) => directive.key === 'location' && !parent);
  if (outer.some((each) => isCovered(each, pattern))) return undefined;
  if (pattern.endsWith('.php')) {
    const script = outer.find(isScripts);
    return script && isOpen(script) ? { other: script, message: 'script', path: `${pattern}/x.php` } : undefined;
  }
  if (outer.some(({ match }) => match.kind === 'regex')) return undefined;
  const other = longestPrefix(outer, `${pattern}/`);
  if (other?.handler.kind !== 'proxy' || !isOpen(other)) return undefined;
  return isForBackend(route, other.handler.target) ? { other, message: 'backend', path: `${pattern}/` } : undefined;
}

/** Whether the guarded path is one of the backend's; a path that is only denied would fall to it. */
function isForBackend({ handler, scope, match }: Route, target: Target): boolean {
  if (handler.kind === 'proxy') return backendKey(handler.target) === backendKey(target);
  const pass = scope.own('proxy_pass').at(-1)?.args[0]?.value;
  const isFile = /\.\w+$/.test(match.pattern);
  return handler.kind === 'deny' && !isFile && (pass === undefined || pass === target.word.value);
}

/** Another location that takes what lies under the path. */
function isCovered({ match }: Route, path: string): boolean {
  if (match.kind === 'regex')
    return match.pattern.includes(path.replaceAll('.', '\\.')) || match.pattern.includes(path.slice(1));
  return match.kind !== 'exact' && match.pattern.startsWith(path);
}

/** `\.php$` with a backend that is asked for any such path, existing or not. */
function isScripts({ match, scope, handler }: Route): boolean {
  if (match.kind !== 'regex' || !/\\\.php(?:\$|\(\/\|\$\)|\(\?:\/\|\$\))?$/.test(match.pattern)) return false;
  if (handler.kind !== 'proxy' || handler.protocol !== 'fastcgi') return false;
  return scope.own('try_files').length === 0 && scope.own('if').length === 0 && !scope.open;
}

function isOpen(route: Route): boolean {
  return !hasGuard(route.scope) && !route.internal && !route.preemptedBy && guardCertainty(route.scope) !== 'unread';
}

function longestPrefix(routes: readonly Route[], path: string): Route | undefined {
  let best: Route | undefined;
  for (const route of routes) {
    const { kind, pattern } = route.match;
    if (!kind.startsWith('prefix') || !path.startsWith(pattern)) continue;
    if (!best || pattern.length > best.match.pattern.length) best = route;
  }
  return best;
}

function headOf({ name, args }: Directive): string {
  return [name, ...args].map(({ raw }) => raw).join(' ');
}
