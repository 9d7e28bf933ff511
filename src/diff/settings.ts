/** What no trace shows: listeners, TLS, and settings of the routes that requests take. */
import { unknown, type Listener, type Route, type Tls, type VirtualHost } from '../model/model.ts';
import { possibleVersions } from '../model/tls-versions.ts';
import type { Directive } from '../syntax/tree.ts';
import type { Difference } from './difference.ts';
import { listenerKey, socketKey } from './fingerprints.ts';
import type { Kind } from './kinds.ts';
import type { Side } from './side.ts';

/** A difference that no request shows, and where it is. */
export interface Fact extends Difference {
  /** What it is said of: `the listener *:443`, `https://a.example`. */
  readonly subject: string;
  readonly host: VirtualHost | undefined;
  readonly directive: Directive | undefined;
  /** Of what is said of a listener: its {@link socketKey}. */
  readonly socket?: string;
}

export function listenerFacts(before: Side, after: Side): readonly Fact[] {
  const [old, now] = [before, after].map(
    ({ model }) => new Map(model.listeners.map((each) => [socketKey(each), each])),
  );
  const facts: Fact[] = [];
  for (const key of new Set([...old!.keys(), ...now!.keys()])) {
    const [was, is] = [old!.get(key), now!.get(key)];
    if (was && is && listenerKey(was) === listenerKey(is)) continue;
    const kind: Kind = !was
      ? 'listener-new'
      : !is
        ? 'listener-gone'
        : was.tls && !is.tls
          ? 'tls-weaker'
          : 'listener-changed';
    const directive = (is ?? was)!.directives[0];
    facts.push({
      kind,
      topic: '',
      was: spoken(was),
      is: spoken(is),
      subject: `the listener ${key}`,
      socket: key,
      host: undefined,
      directive,
    });
  }
  return facts;
}

function spoken(listener: Listener | undefined): string {
  if (!listener) return 'not there';
  const { tls, http2, http3, proxyProtocol } = listener;
  const parts = [
    tls ? 'TLS' : 'HTTP without TLS',
    http2 && 'HTTP/2',
    http3 && 'HTTP/3',
    proxyProtocol && 'the PROXY protocol',
  ];
  return `open for ${parts.filter((part) => part !== false).join(' and ')}`;
}

/** Of virtual hosts that are there on both sides, by a listener and a name. */
export function tlsFacts(
  before: { readonly side: Side; readonly hosts: readonly VirtualHost[] },
  after: { readonly side: Side; readonly hosts: readonly VirtualHost[] },
): readonly Fact[] {
  const old = new Map<string, VirtualHost>();
  for (const host of before.hosts) for (const key of identities(host)) if (!old.has(key)) old.set(key, host);
  return after.hosts.flatMap((host) => {
    const was = identities(host).flatMap((key) => old.get(key) ?? [])[0];
    const name = host.names[0]?.text ?? 'any name';
    return was
      ? tlsDifferences(was.tls, host.tls).map((each) => ({
          ...each,
          subject: `TLS for ${name}`,
          host,
          directive: host.directive,
        }))
      : [];
  });
}

function identities({ listeners, names }: VirtualHost): readonly string[] {
  const texts = names.length > 0 ? names.slice(0, 8).map(({ text }) => text.toLowerCase()) : [''];
  return listeners
    .filter(({ tls }) => tls)
    .flatMap((listener) => texts.map((text) => `${socketKey(listener)} ${text}`));
}

function tlsDifferences(old: Tls, now: Tls): readonly Difference[] {
  const differences: Difference[] = [];
  const [versions, versionsNow] = [old, now].map(possibleVersions);
  if (versions && versionsNow && versions.join() !== versionsNow.join()) {
    const added = versionsNow.filter((version) => !versions.includes(version));
    const kind: Kind = added.some((version) => weak.has(version)) ? 'tls-weaker' : 'tls-changed';
    differences.push({ kind, topic: 'what is offered', was: versions.join(', '), is: versionsNow.join(', ') });
  }
  const [ciphers, ciphersNow] = [old.ciphers, now.ciphers].map(({ value, origin }) =>
    value === unknown ? undefined : origin === 'default' ? 'the default' : value,
  );
  if (ciphers !== undefined && ciphersNow !== undefined && ciphers !== ciphersNow)
    differences.push({ kind: 'tls-changed', topic: 'the cipher list', was: ciphers, is: ciphersNow });
  return differences;
}

const weak: ReadonlySet<string> = new Set(['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.0', 'TLSv1.1']);

/** By server: what guards a route or its backend, and what only tunes it. */
const guards = new Set(
  `auth_basic auth_request auth_jwt satisfy ssl_verify_client limit_req limit_conn proxy_ssl_verify grpc_ssl_verify uwsgi_ssl_verify
  modsecurity internal client_body_timeout client_header_timeout sslverifyclient sslproxyverify sslproxycheckpeername authtype
  authuserfile authname secruleengine limitrequestbody limitrequestfields requestreadtimeout allowoverride options`.split(
    /\s+/,
  ),
);
const tuned = new Set(
  `proxy_connect_timeout proxy_read_timeout proxy_send_timeout fastcgi_connect_timeout fastcgi_read_timeout fastcgi_send_timeout
  uwsgi_read_timeout uwsgi_send_timeout scgi_read_timeout grpc_read_timeout grpc_send_timeout send_timeout keepalive_timeout
  proxy_buffering proxy_request_buffering proxy_cache proxy_cache_valid proxy_next_upstream proxy_redirect proxy_cookie_path
  proxy_cookie_domain proxy_cookie_flags proxy_intercept_errors proxy_hide_header proxy_pass_header proxy_ssl_server_name
  proxy_ssl_name error_page gzip expires etag default_type charset sub_filter root alias index autoindex try_files
  proxytimeout timeout keepalive keepalivetimeout proxyerroroverride proxypreservehost proxypassreverse proxypassreversecookiepath
  proxypassreversecookiedomain errordocument directoryindex expiresactive expiresdefault`.split(/\s+/),
);

/** Of the two routes that one request takes. */
export function settingDifferences(old: Route, now: Route): readonly Difference[] {
  const differences: Difference[] = [];
  for (const keys of [guards, tuned])
    for (const key of keys) {
      const [was, is] = [old, now].map(({ scope }) => valueOf(scope.effective(key)));
      if (was === is) continue;
      const kind: Kind = keys === guards ? 'protection' : 'setting';
      const name = (now.scope.effective(key)[0] ?? old.scope.effective(key)[0])?.name.value ?? key;
      differences.push({ kind, topic: name, was: was!, is: is! });
    }
  return differences;
}

function valueOf(directives: readonly Directive[]): string {
  if (directives.length === 0) return 'not set';
  return directives.map(({ args }) => args.map(({ raw }) => raw).join(' ')).join('; ') || 'set';
}
