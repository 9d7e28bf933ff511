/** What a configuration of nginx must do for an advisory to matter. */
import type { Directive } from '../../../syntax/tree.ts';
import { isWithin, type Conditions, type Found } from './found.ts';
import { passKeys, tellerKeys } from '../../../servers/nginx/meaning/pass.ts';
import { isOff, isOn, numberOf } from '../../../servers/nginx/meaning/settings.ts';
import {
  backgroundUpdates,
  isNotOff,
  siblings,
  upstreamTls,
  clientCertificateHosts,
  davCopyAlias,
  sliceCapture,
  mapCapture,
} from './nginx-places.ts';

const mailAuth = ['smtp_auth', 'pop3_auth', 'imap_auth'];

export const nginxConditions: Conditions = {
  keys: [
    ...passKeys,
    ...tellerKeys,
    ...mailAuth,
    ...backgroundUpdates,
    ...(
      'listen http2 http3 spdy mp4 resolver ssi map slice charset_map ssl_ocsp alias rewrite proxy_cache_path ' +
      'fastcgi_cache_path proxy_http_version proxy_set_body ignore_invalid_headers try_files ' +
      'large_client_header_buffers auth_http xclient starttls proxy_ssl ssl_preread ssl_session_cache mail server ' +
      'keepalive_requests http2_max_concurrent_streams dav_methods return add_header set log_format proxy_cache_key'
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
