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
import { type RuleContext, defineRule } from '../define-rule.ts';
import { isLocalSocket } from '../../model/network.ts';
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

/** Reached from this machine only, or over a socket that is not known. */
function isLocal({ listeners }: VirtualHost): boolean {
  return (
    listeners.length > 0 &&
    listeners.every(({ address, port }) => isLocalSocket(address) || (port === unknown && isFilledIn(address)))
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
