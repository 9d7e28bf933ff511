import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import type { HeaderOp, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import {
  backendKey,
  backendName,
  isAuxiliary,
  isStaticPath,
  proxyRoute,
  type ProxyRoute,
} from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A header that tells the backend who the user is, which a client can send itself on another path',
    why: 'The backend believes the header because the proxy sets it after a login. On a path where the proxy neither sets nor clears it, a client logs in by writing it.',
    how: {
      nginx:
        'Clear the header wherever it is not set ("proxy_set_header X-User \'\';"), best on the level around all paths.',
      apache:
        'Clear the header wherever it is not set ("RequestHeader unset X-User early"), best on the level around all paths.',
    },
    whenOff: 'Where nothing on the other path reads the header.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: [{ proxy_set_header: /remote_user|ssl_client_/ }, 'auth_request_set'],
      apache: [{ requestheader: /REMOTE_USER|SSL_CLIENT_|AUTHENTICATE_|OIDC_CLAIM_/i }],
    },
    references: [
      'https://cwe.mitre.org/data/definitions/290.html',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header',
      'https://httpd.apache.org/docs/2.4/mod/mod_headers.html#requestheader',
    ],
  },
  messages: {
    passed:
      'The backend "{{backend}}" gets "{{header}}" here as the client wrote it; elsewhere the proxy sets it after a login.',
  },
  check({ config, dialect, report }) {
    /** Whether the header says who was let in. */
    function isIdentity({ value, action, origin }: HeaderOp): boolean {
      if (action !== 'set' || typeof value !== 'string' || origin === 'default') return false;
      if (dialect === 'apache') return apacheIdentity.test(value);
      if (!value.includes('$')) return false;
      if (nginxIdentity.test(value)) return true;
      const name = /^\$\{?(\w+)\}?$/.exec(value)?.[1];
      const definitions = name === undefined ? [] : variablesOf(config).definitions.of(name, origin);
      return definitions.some(
        ({ key, args }) => key === 'auth_request_set' && /\$\{?upstream_http_/.test(args[1]?.value ?? ''),
      );
    }

    function check({ routes }: VirtualHost): void {
      const proxied = routes.flatMap((route) => proxyRoute(route) ?? []);
      const setters = new Map<string, HeaderOp>();
      for (const { backend, handler } of proxied) {
        for (const [name, op] of backend.headers)
          if (isIdentity(op)) setters.set(`${backendKey(handler.target)}\n${name}`, op);
      }
      for (const [key, op] of setters) {
        const [target, name] = key.split('\n') as [string, string];
        const open = proxied.filter((route) => backendKey(route.handler.target) === target && passes(route, name));
        for (const route of open) tell(route, op);
      }
    }

    function tell(route: ProxyRoute, { name, origin }: HeaderOp): void {
      report({
        message: 'passed',
        at: route.directive,
        data: { backend: backendName(route.handler.target), header: name },
        related: [{ at: origin as Directive, message: 'set here' }],
        witness: `curl -si -H '${name}: admin' http://localhost${/^\/[\w/.-]*$/.test(route.match.pattern) ? route.match.pattern : '/'}`,
      });
    }

    return { virtualHost: check };
  },
});

const nginxIdentity = /\$\{?(?:remote_user|ssl_client_(?:s_dn|verify|fingerprint|serial|escaped_cert|cert))\b/;
const apacheIdentity =
  /%\{(?:REMOTE_USER|SSL_CLIENT_\w+|AUTHENTICATE_\w+|OIDC_CLAIM_\w+|X_REMOTE_USER)\}|^expr=.*REMOTE_USER/i;

function passes(route: ProxyRoute, name: string): boolean {
  const { headers, certainty } = route.backend;
  return certainty === 'known' && !headers.has(name) && !isAuxiliary(route) && !isStaticPath(route);
}
