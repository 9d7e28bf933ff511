import { unknown, type Route, type VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { apacheGuard } from '../../servers/apache/meaning/access.ts';
import {
  addressRules,
  asksWho,
  familiesOf,
  guardCertainty,
  verdictForStrangers,
} from '../../servers/nginx/meaning/access.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';
import { isFilledIn } from '../../text/template/placeholder.ts';

const nginxPages = [
  'stub_status',
  'api',
  'status',
  'check_status',
  'vhost_traffic_status_display',
  'upstream_conf',
  'dyups_interface',
];
const apachePages = /^(?:server-status|server-info|balancer-manager|ldap-status|proxy-status)$/i;
/** Pages from which the server can be changed. */
const controls = /^(?:api|upstream_conf|dyups_interface|balancer-manager)$/i;

export default defineRule({
  meta: {
    summary: 'A status page of the server is open to everybody',
    why: 'It shows the load, and with Apache the addresses and requests of other clients, the modules and the configuration; from a manager page backends can be taken out of service.',
    how: 'Allow the addresses of the monitoring only (nginx: "allow 127.0.0.1; deny all;", Apache: "Require local"), ask for a password, or listen on a local address or socket.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_stub_status_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_status.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_balancer.html#balancer_manager',
    ],
  },
  messages: {
    open: '"{{page}}" is open to every client: nothing here asks who it is.',
    letIn: '"{{page}}" is open to every client: the access rules here let everybody in.',
    control: '"{{page}}" changes the running server and is open to every client: nothing here asks who it is.',
  },
  check({ dialect, report }) {
    function say(directive: Directive, page: string, path: string, open: 'open' | 'letIn' = 'open'): void {
      const writable =
        controls.test(page) && (directive.key !== 'api' || directive.args.some(({ value }) => value === 'write=on'));
      report({
        message: writable ? 'control' : open,
        at: directive,
        data: { page },
        severity: writable ? 'error' : 'warning',
        ...(/^\/[\w/.-]*$/.test(path) && { witness: `curl 'http://host${path}'` }),
      });
    }

    function checkNginx(route: Route): void {
      const { scope, match } = route;
      const page = nginxPages.map((key) => scope.own(key).at(-1)).find((found) => found !== undefined);
      if (!page || (page.key !== 'stub_status' && isOff(page)) || route.internal || match.kind === 'named') return;
      if (isGuarded(route) || turnsSomeAway(route)) return;
      // A list of its own is the guard that its author means, whatever stands around it.
      const hasList = addressRules(scope).length > 0 && scope.certainty('deny') !== 'unread';
      if (!hasList && guardCertainty(scope) === 'unread') return;
      say(page, page.key, match.pattern, hasList ? 'letIn' : 'open');
    }

    function checkApache(route: Route): void {
      const handler = route.directive.block && children(route.directive.block).find(({ key }) => key === 'sethandler');
      const page = handler?.args[0]?.value ?? '';
      if (!handler || !apachePages.test(page) || route.scope.open || apacheGuard(route) === 'some') return;
      say(handler, page, route.match.pattern);
    }

    return {
      route(route) {
        if (route.preemptedBy || isLocal(route.virtualHost)) return;
        if (dialect === 'nginx') checkNginx(route);
        else checkApache(route);
      },
    };
  },
});

/** Reached from this machine only, or over a socket that is not known. */
function isLocal({ listeners }: VirtualHost): boolean {
  return (
    listeners.length > 0 &&
    listeners.every(
      ({ address, port }) =>
        /^(?:127\.|\[::1\]|localhost$|unix:)/.test(address) || (port === unknown && isFilledIn(address)),
    )
  );
}

/** Whether a stranger is asked something or turned away; under "satisfy any" it is enough to be let in by the address. */
function isGuarded({ scope, virtualHost }: Route): boolean {
  const rules = addressRules(scope);
  const isAny = scope.effective('satisfy').at(-1)?.args[0]?.value.toLowerCase() === 'any';
  const asks = asksWho(scope);
  return familiesOf(virtualHost).every((family) => {
    const verdict = verdictForStrangers(rules, family);
    if (verdict === unknown) return true;
    return asks && isAny ? verdict !== 'allow' : asks || verdict === 'deny';
  });
}

/** An `if` of the location or the server that answers on a condition: it may well ask for the address or a key. */
function turnsSomeAway({ scope }: Route): boolean {
  return [...scope.effective('if'), ...(scope.outer?.own('if') ?? [])].some(
    ({ block }) => block && children(block).some(({ key }) => key === 'return' || key === 'deny'),
  );
}
