import { unknown, type HeaderOp, type Route, type VirtualHost } from '../../model/model.ts';
import { readAuthority, type UrlPart } from '../../model/url.ts';
import { defaultPort } from '../../model/scheme.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { proxyRoute } from '../_shared/backends.ts';
import { defineRule } from '../define-rule.ts';
import { bareVariables } from '../../servers/nginx/meaning/values.ts';

export default defineRule({
  meta: {
    summary: 'The backend is told the default port as a part of the host, which clients do not write',
    why: '"example.org:443" is another text than "example.org": signatures over Host fail, hosts are not found in lists of allowed ones, and links and cookies get a port.',
    how: 'Pass the host as the client wrote it: nginx "proxy_set_header Host $http_host;" (or "$host"), Apache "ProxyPreserveHost On"; a port goes into X-Forwarded-Port.',
    whenOff: 'Where the backend compares and links without the port.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ proxy_set_header: /:/, grpc_set_header: /:/ }], apache: [{ requestheader: /:/ }] },
    fixable: 'unsafe',
    references: [
      'https://www.rfc-editor.org/rfc/rfc9110#name-host-and-authority',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_server_port',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypreservehost',
    ],
  },
  messages: {
    usual: 'Clients of port {{port}} write no port, and the backend is told "{{name}}: {{value}}" all the same.',
  },
  check({ report }) {
    const told = new Set<Directive>();

    function check({ name, action, value, origin }: HeaderOp, host: VirtualHost): void {
      if (action !== 'set' || origin === 'default' || typeof value !== 'string' || told.has(origin)) return;
      const { host: written, port } = readAuthority(value);
      const usual = port && usualPort(port, host);
      if (!port || usual === undefined || written.text === '') return;
      told.add(origin);
      const text = origin.args.find((word) => bareVariables(word.value) === value)?.value ?? value;
      report({ message: 'usual', at: origin, data: { port: usual, name, value: text }, ...withoutPort(origin, port) });
    }

    /** Only the port: whether the name is the one that the client wrote is another question. */
    function withoutPort(origin: Directive, { text }: UrlPart): object {
      const word = origin.args.find(({ value }) => bareVariables(value).endsWith(`:${text}`));
      const written = word && readAuthority(word.value).port?.text;
      const at = word?.raw.lastIndexOf(`:${written}`) ?? -1;
      if (!word || written === undefined || at === -1) return {};
      const start = word.start + at;
      const place = placeIn(origin, { start, end: start + written.length + 1 });
      return { fix: { title: 'Leave the port out', edits: [{ place, text: '' }] } };
    }

    return {
      route(route: Route) {
        const proxied = proxyRoute(route, ['http', 'websocket', 'grpc']);
        for (const name of proxied ? ['host', 'x-forwarded-host'] : []) {
          const op = proxied!.backend.headers.get(name);
          if (op) check(op, route.virtualHost);
        }
      },
    };
  },
});

/** The default port among those of the host that the text stands for; undefined if there is none, or it is not known. */
function usualPort({ text }: UrlPart, { listeners }: VirtualHost): number | undefined {
  const isVariable = /^\$\{?server_port\}?$|^%\{SERVER_PORT\}[se]?$/.test(text);
  if (listeners.length === 0 || (!isVariable && !/^\d+$/.test(text))) return undefined;
  for (const { port, tls, proxyProtocol } of listeners) {
    const usual = defaultPort(tls ? 'https' : 'http');
    if (port === unknown || proxyProtocol || port !== usual) continue;
    if (isVariable || Number(text) === port) return port;
  }
  return undefined;
}
