/** What a configuration of nginx must do for an advisory to matter. */
import type { Directive } from '../../../syntax/tree.ts';
import { children, walk } from '../../../syntax/walk.ts';
import { isWithin, word, type Conditions, type Found } from './found.ts';
import { cachingPasses, passKeys } from '../../../servers/nginx/meaning/pass.ts';
import { bytesOf, isOff, isOn, numberOf } from '../../../servers/nginx/meaning/settings.ts';

const mailAuth = ['smtp_auth', 'pop3_auth', 'imap_auth'];
const backgroundUpdates = cachingPasses().map(({ family }) => `${family}_cache_background_update`);

const isNotOff = (directive: Directive): boolean => !isOff(directive);

export const nginxConditions: Conditions = {
  keys: [
    ...passKeys,
    ...mailAuth,
    ...backgroundUpdates,
    ...(
      'listen http2 http3 spdy mp4 resolver ssi map slice charset_map ssl_ocsp alias rewrite proxy_cache_path ' +
      'fastcgi_cache_path proxy_http_version proxy_set_body ignore_invalid_headers try_files ' +
      'large_client_header_buffers auth_http xclient starttls proxy_ssl ssl_preread ssl_session_cache mail server ' +
      'keepalive_requests http2_max_concurrent_streams dav_methods return add_header proxy_set_header set log_format ' +
      'fastcgi_param uwsgi_param scgi_param grpc_set_header proxy_cache_key'
    ).split(' '),
  ],
  byName: {
    http2: http2,
    http3: (found) => found.withWord('listen', /^quic$/),
    spdy: (found) => found.withWord('listen', /^spdy$/),
    mp4: (found) => found.first('mp4'),
    resolver: (found) => found.first('resolver'),
    'charset-map': (found) => found.first('charset_map'),
    'scgi-uwsgi': (found) => found.first('scgi_pass', 'uwsgi_pass'),
    mail: (found) => found.first('mail'),
    ssi: (found) => (found.first(...passKeys) ? found.withValue('ssi', isOn) : undefined),
    cache: (found) => found.first('proxy_cache_path', 'fastcgi_cache_path'),
    proxy: (found) => found.all('proxy_pass').find((pass) => !isWithin(pass, 'stream')),
    'stream-preread': (found) => found.withValue('ssl_preread', isOn),
    'stream-ocsp': (found) => found.all('ssl_ocsp').find((ocsp) => isNotOff(ocsp) && isWithin(ocsp, 'stream')),
    'ocsp-resolver': (found) => (found.first('resolver') ? found.withValue('ssl_ocsp', isNotOff) : undefined),
    'smtp-auth-none': (found) => found.withWord('smtp_auth', /^none$/),
    'mail-starttls': (found) => found.withValue('starttls', isNotOff),
    'mail-auth-retry': (found) => mailAuth.map((key) => found.withWord(key, /^(?:cram-md5|apop)$/)).find(Boolean),
    'mail-smtp-resolver': (found) =>
      found.first('auth_http', 'xclient') && found.all('resolver').find((resolver) => isWithin(resolver, 'mail')),
    'upstream-http2-body': (found) => found.withWord('proxy_http_version', /^2$/) && found.first('proxy_set_body'),
    'upstream-tls': upstreamTls,
    'invalid-headers-upstream': (found) =>
      found.first('large_client_header_buffers') &&
      (found.first('grpc_pass') ?? found.withWord('proxy_http_version', /^2$/))
        ? found.withValue('ignore_invalid_headers', isOff)
        : undefined,
    'http2-raised-limits': (found) =>
      http2(found) &&
      (found.all('keepalive_requests').find((it) => (numberOf(it) ?? 0) > 10_000) ??
        found.all('http2_max_concurrent_streams').find((it) => (numberOf(it) ?? 0) > 1000)),
    'shared-tls-session': (found) =>
      found.all('server').filter(({ block }) => block).length > 1
        ? found.withWord('ssl_session_cache', /^shared:/)
        : undefined,
    'client-certificate-hosts': clientCertificateHosts,
    'dav-copy-alias': davCopyAlias,
    'rewrite-alias': (found) =>
      found
        .all('alias')
        .find((alias) => siblings(alias).some(({ key, args }) => key === 'rewrite' && args[2]?.value === 'break')),
    'try-files-alias': (found) =>
      found.all('alias').find((alias) => siblings(alias).some(({ key }) => key === 'try_files')),
    'slice-capture': sliceCapture,
    'map-capture': mapCapture,
  },
};

function http2(found: Found): Directive | undefined {
  return found.withWord('listen', /^http2$/) ?? found.withValue('http2', isOn);
}

function siblings(directive: Directive): readonly Directive[] {
  return children(directive.parent);
}

function upstreamTls(found: Found): Directive | undefined {
  return (
    passKeys.map((key) => found.withWord(key, /^(?:https|grpcs|suwsgi):/)).find(Boolean) ??
    found.withValue('proxy_ssl', isOn)
  );
}

/** Servers of one socket of which some ask for a client certificate and share TLS sessions with those that do not. */
function clientCertificateHosts(found: Found): Directive | undefined {
  for (const { virtualHosts, tls } of found.model().listeners) {
    if (!tls || virtualHosts.length < 2) continue;
    const asking = virtualHosts.map(({ scope }) => scope.effective('ssl_verify_client').find(isNotOff));
    const first = asking.find(Boolean);
    if (first && asking.includes(undefined)) return first;
  }
  return undefined;
}

function davCopyAlias(found: Found): Directive | undefined {
  return found.all('alias').find((alias) => {
    for (let block: Directive['parent'] | undefined = alias.parent; block; block = block.owner?.parent) {
      const methods = children(block).findLast(({ key }) => key === 'dav_methods');
      if (methods) return methods.args.some(({ value }) => /^(?:copy|move)$/i.test(value));
    }
    return false;
  });
}

/** A subrequest for a slice or a cache update that is made while numbered captures are in use. */
function sliceCapture(found: Found): Directive | undefined {
  const subrequests = [
    ...found.all('slice').filter((it) => bytesOf(it) !== 0),
    ...found.all(...backgroundUpdates).filter((it) => isOn(it)),
  ];
  return subrequests.find(({ parent }) => {
    let isUsed = false;
    walk(parent, ({ args }) => {
      isUsed ||= args.some(({ value }) => /\$\{?[1-9]/.test(value));
    });
    return isUsed;
  });
}

/**
 * A text with a numbered capture before the variable of a map whose regular expressions set the captures anew; the lines of a list that goes
 * to a backend are one text. Or the variable of a map that is computed each time it is read.
 */
function mapCapture(found: Found): Directive | undefined {
  const maps = found.all('map').filter(({ block }) => block && children(block).some(({ key }) => key.startsWith('~')));
  const mapped = namesOf(maps.filter(({ block }) => children(block!).some(({ key }) => /^~.*\((?!\?[:=!])/.test(key))));
  const volatile = namesOf(maps.filter(({ block }) => children(block!).some(({ key }) => key === 'volatile')));
  if (mapped.size + volatile.size === 0) return undefined;
  const before = new Map<string, string>();
  return found.all(...texts).find((directive) => {
    const values = directive.args.map(({ value }) => value);
    if (values.some((value) => variablesIn(value).some((name) => volatile.has(name)))) return true;
    if (!lists.has(directive.key)) return values.some((value) => capturesBefore(value, mapped));
    const list = `${directive.key} ${directive.parent.file.path} ${directive.parent.start}`;
    const text = `${before.get(list) ?? ''} ${values.slice(1).join(' ')}`;
    before.set(list, text);
    return capturesBefore(text, mapped);
  });
}

const lists: ReadonlySet<string> = new Set([
  'proxy_set_header',
  'grpc_set_header',
  'fastcgi_param',
  'uwsgi_param',
  'scgi_param',
]);
const texts = [...passKeys, 'return', 'add_header', 'set', 'proxy_cache_key', ...lists];

function namesOf(maps: readonly Directive[]): ReadonlySet<string> {
  return new Set(maps.map((map) => word(map, 1).replace(/^\$/, '')).filter((name) => /^\w+$/.test(name)));
}

function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!);
}

function capturesBefore(text: string, mapped: ReadonlySet<string>): boolean {
  const capture = /\$\{?[1-9]/.exec(text);
  return capture !== null && variablesIn(text.slice(capture.index)).some((name) => mapped.has(name));
}
