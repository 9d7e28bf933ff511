import type { Route, Scope } from '../../model/model.ts';
import { bytesOf } from '../../servers/nginx/meaning/settings.ts';
import { numberOf } from '../../servers/apache/meaning/settings.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { type Setting, type Limit, settingsOf, innerListener, nginxLimit } from './_body-limits.ts';

export default defineRule({
  meta: {
    summary: 'The application takes larger bodies than the server in front lets through',
    why: 'An upload within the limit of the application is refused with 413 before it gets there.',
    how: 'Raise client_max_body_size (nginx, 1m by default) or LimitRequestBody (Apache) to the limit of the application.',
    whenOff: 'Where this server is meant to refuse what the application would take.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['client_max_body_size', { fastcgi_param: /^PHP_/ }], apache: ['limitrequestbody'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
      'https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody',
      'https://www.php.net/manual/en/ini.core.php#ini.post-max-size',
    ],
  },
  messages: {
    inner:
      '"{{setting}}" lets bodies of {{allowed}} through, but the server that they are handed to refuses what is larger than {{size}}.',
    smaller: 'PHP takes up to {{allowed}} here ("{{setting}}"), but {{limit}} refuses what is larger than {{size}}.',
  },
  check({ config, dialect, model, report }) {
    const seen = new Set<Directive>();

    function say(directive: Directive, word: Word, { name, text, bytes }: Setting, limit: Limit): void {
      if (seen.has(directive) || limit.bytes === 0 || bytes <= limit.bytes) return;
      seen.add(directive);
      const source = limit.directive ? `"${limit.directive.name.value}"` : 'the default of "client_max_body_size"';
      report({
        message: 'smaller',
        at: placeIn(directive, word),
        data: { allowed: text, setting: name, limit: source, size: limit.text },
        related: limit.directive ? [{ at: limit.directive, message: 'the lower limit' }] : [],
      });
    }

    /** A server of the same config is the backend: of its limits the largest may hold. */
    function checkInner({ scope, handler, preemptedBy }: Route): void {
      const outer = scope.effective('client_max_body_size').at(-1);
      const word = outer?.args[0];
      if (!outer || !word || handler.kind !== 'proxy' || handler.protocol !== 'http' || preemptedBy) return;
      const inner = innerListener(model, handler.target);
      const hosts = inner?.virtualHosts ?? [];
      const limits = hosts.flatMap(({ scope: own, routes }) =>
        [own, ...routes.map((route) => route.scope)].map(nginxLimit),
      );
      const bytes = bytesOf(outer) ?? 0;
      if (limits.length === 0 || seen.has(outer) || limits.some((limit) => limit.bytes === 0)) return;
      const largest = limits.reduce((a, b) => (b.bytes > a.bytes ? b : a));
      if (bytes !== 0 && bytes <= largest.bytes) return;
      seen.add(outer);
      report({
        message: 'inner',
        at: placeIn(outer, word),
        data: { setting: outer.name.value, allowed: bytes === 0 ? 'any size' : word.value, size: largest.text },
        related: [
          { at: handler.directive, message: 'hands them on' },
          ...hosts
            .flatMap(({ directive }) => (directive ? { at: directive, message: 'refuses them' } : []))
            .slice(0, 3),
        ],
      });
    }

    function checkNginx(route: Route): void {
      const { scope } = route;
      if (scope.certainty('client_max_body_size') !== 'known') return;
      if (config.complete) checkInner(route);
      for (const directive of scope.effective('fastcgi_param')) {
        const [name, value] = directive.args;
        if (!value || !/^PHP_(?:ADMIN_)?VALUE$/.test(name?.value ?? '')) continue;
        for (const setting of settingsOf(value.value)) say(directive, value, setting, nginxLimit(scope));
      }
    }

    /** LimitRequestBody holds where httpd answers itself, and not for what it hands on: of an inner host that serves files or scripts. */
    function checkInnerApache({ scope, handler, preemptedBy }: Route): void {
      const outer = scope.effective('limitrequestbody').at(-1);
      const allowed = numberOf(outer);
      const word = outer?.args[0];
      if (!outer || !word || allowed === undefined || seen.has(outer)) return;
      if (handler.kind !== 'proxy' || handler.protocol !== 'http' || preemptedBy) return;
      const hosts = innerListener(model, handler.target)?.virtualHosts ?? [];
      const scopes = hosts.flatMap(({ scope: own, routes }) => [own, ...routes.map((route) => route.scope)]);
      const limits = scopes.map((each) => numberOf(each.effective('limitrequestbody').at(-1)) ?? 0);
      const largest = Math.max(...limits);
      if (limits.length === 0 || limits.includes(0) || (allowed !== 0 && allowed <= largest)) return;
      if (hosts.some(({ routes }) => routes.some((route) => route.handler.kind === 'proxy'))) return;
      seen.add(outer);
      report({
        message: 'inner',
        at: placeIn(outer, word),
        data: {
          setting: outer.name.value,
          allowed: allowed === 0 ? 'any size' : `${allowed} bytes`,
          size: `${largest} bytes`,
        },
        related: [
          { at: handler.directive, message: 'hands them on' },
          ...hosts
            .flatMap(({ directive }) => (directive ? { at: directive, message: 'refuses them' } : []))
            .slice(0, 3),
        ],
      });
    }

    function checkApache(scope: Scope): void {
      const limit = scope.effective('limitrequestbody').at(-1);
      const text = limit?.args[0]?.value ?? '';
      const bytes = numberOf(limit);
      if (!limit || bytes === undefined) return;
      for (const directive of [...scope.effective('php_value'), ...scope.effective('php_admin_value')]) {
        const [name, value] = directive.args;
        if (!name || !value) continue;
        for (const setting of settingsOf(`${name.value}=${value.value}`))
          say(directive, value, setting, { directive: limit, bytes, text: `${text} bytes` });
      }
    }

    return {
      route(route) {
        if (dialect === 'nginx') checkNginx(route);
        else if (config.complete && route.scope.certainty('limitrequestbody') === 'known') checkInnerApache(route);
      },
      virtualHost({ scope }) {
        if (dialect === 'apache') checkApache(scope);
      },
    };
  },
});
