import type { Route, VirtualHost } from '../../model/model.ts';
import { locationOfTarget, locationText } from '../../servers/nginx/meaning/locations.ts';
import { namedLocation } from '../../servers/nginx/meaning/route-index.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A login page that only those get who are logged in',
    why: 'auth_request holds for the page to which error_page 401 leads, too: whoever is not logged in gets 401 there as well, as an error or as redirects without end.',
    how: 'Write "auth_request off;" in the location of the login page.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [['auth_request'], ['error_page']] },
    references: ['https://nginx.org/en/docs/http/ngx_http_auth_request_module.html'],
  },
  messages: {
    page: 'The login page "{{path}}" is guarded by "auth_request {{check}}" itself: who is not logged in gets 401 there, too.',
    redirect:
      'The login page "{{path}}" is guarded by "auth_request {{check}}" itself: who is not logged in is redirected to it without end.',
  },
  check({ report }) {
    const told = new Set<Directive>();

    function check(route: Route, page: Directive): void {
      const host = route.virtualHost;
      const login = loginOf(page, host);
      const location = login && locationOfTarget(login.path, host);
      const guard = location && guardOf(location);
      if (!guard || location.handler.kind === 'redirect' || location.handler.kind === 'return') return;
      told.add(page);
      report({
        message: login.isRedirect ? 'redirect' : 'page',
        at: placeIn(page, page.args.at(-1)!),
        data: { path: login.path, check: guard.args[0]!.value },
        related: [
          { at: location.directive, message: `"${locationText(location)}" takes the login page` },
          { at: guard, message: 'the guard' },
        ],
      });
    }

    return {
      virtualHost(host) {
        for (const route of host.routes) {
          if (route.preemptedBy || route.directive.key !== 'location' || !guardOf(route)) continue;
          for (const page of route.scope.effective('error_page')) {
            if (!told.has(page) && page.args.slice(0, -1).some(({ value }) => value === '401')) check(route, page);
          }
        }
      },
    };
  },
});

/** The `auth_request` that asks before the location answers. */
function guardOf({ scope }: Route): Directive | undefined {
  const guard = scope.effective('auth_request').at(-1);
  return guard?.args[0] && !isOff(guard) ? guard : undefined;
}

interface Login {
  readonly path: string;
  readonly isRedirect: boolean;
}

/** Where those go who are not logged in: a path of this server, without its arguments. */
function loginOf(page: Directive, host: VirtualHost): Login | undefined {
  const target = page.args.at(-1)?.value ?? '';
  if (target.startsWith('/')) return pathOf(target, false);
  const named = target.startsWith('@') ? namedLocation(host, target) : undefined;
  if (named?.handler.kind === 'redirect') return pathOf(named.handler.to?.value ?? '', true);
  return target.startsWith('@') ? undefined : pathOf(target, true);
}

const ownUrl =
  /^(?:(?:https?|\$scheme|\$\{scheme\}):\/\/\$\{?(?:http_)?host\}?(?::\$\{?server_port\}?)?)?(\/[\w./~-]*)(?:\?.*|\$\{?is_args.*)?$/s;

function pathOf(url: string, isRedirect: boolean): Login | undefined {
  const path = ownUrl.exec(url)?.[1];
  return path === undefined ? undefined : { path, isRedirect };
}
