import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { apacheGuard } from '../../servers/apache/meaning/access.ts';
import { addressRules, guardCertainty } from '../../servers/nginx/meaning/access.ts';
import { type RuleContext, defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';
import { isLocal, isGuarded, turnsSomeAway } from './_page-guards.ts';

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

const messages = {
  open: '"{{page}}" is open to every client: nothing here asks who it is.',
  letIn: '"{{page}}" is open to every client: the access rules here let everybody in.',
  control: '"{{page}}" changes the running server and is open to every client: nothing here asks who it is.',
} as const;

export default defineRule({
  meta: {
    summary: 'A status page of the server is open to everybody',
    why: 'It shows the load, and with Apache the addresses and requests of other clients, the modules and the configuration; from a manager page backends can be taken out of service.',
    how: {
      nginx:
        'Allow the addresses of the monitoring only ("allow 127.0.0.1; deny all;"), ask for a password, or listen on a local address or socket.',
      apache:
        'Allow the addresses of the monitoring only ("Require local"), ask for a password, or listen on a local address.',
    },
    whenOff: 'Where only the network of the monitoring reaches this port.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxPages, apache: ['sethandler'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_stub_status_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_status.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_balancer.html#balancer_manager',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({ route: (route) => checkNginx(context, route) }),
    apache: (context) => ({ route: (route) => checkApache(context, route) }),
  },
});

type Context = Pick<RuleContext<typeof messages>, 'report'>;

function say(
  { report }: Context,
  directive: Directive,
  { page, path, open = 'open' }: { page: string; path: string; open?: 'open' | 'letIn' },
): void {
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

function checkNginx(context: Context, route: Route): void {
  if (route.preemptedBy || isLocal(route.virtualHost)) return;
  const { scope, match } = route;
  const page = nginxPages.map((key) => scope.own(key).at(-1)).find((found) => found !== undefined);
  if (!page || (page.key !== 'stub_status' && isOff(page)) || route.internal || match.kind === 'named') return;
  if (isGuarded(route) || turnsSomeAway(route)) return;
  // A list of its own is the guard that its author means, whatever stands around it.
  const hasList = addressRules(scope).length > 0 && scope.certainty('deny') !== 'unread';
  if (!hasList && guardCertainty(scope) === 'unread') return;
  say(context, page, { page: page.key, path: match.pattern, open: hasList ? 'letIn' : 'open' });
}

function checkApache(context: Context, route: Route): void {
  if (route.preemptedBy || isLocal(route.virtualHost)) return;
  const handler = route.directive.block && children(route.directive.block).find(({ key }) => key === 'sethandler');
  const page = handler?.args[0]?.value ?? '';
  if (!handler || !apachePages.test(page) || route.scope.open || apacheGuard(route) === 'some') return;
  say(context, handler, { page, path: route.match.pattern });
}
