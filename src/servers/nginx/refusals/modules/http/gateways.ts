/** The modules that speak with an application server: `fastcgi`, `uwsgi`, `scgi`, `grpc`, `memcached`. */
import { captureGroups } from '../../../../../regex/captures.ts';
import { refuseChoice, refuseForm } from '../../refuse.ts';
import { checkRegex } from '../../regexes.ts';
import type { ModuleChecks, NginxCheck } from '../../run.ts';
import { certificateCache } from '../common/certificate-cache.ts';
import { backendCiphers } from '../common/ciphers.ts';
import { bind, passCheck } from '../common/pass.ts';
import { noteSecurePass } from '../common/backend-tls.ts';
import { bufferChecks } from './buffers.ts';
import { cacheChecks } from './cache.ts';
import { passDirectives } from '../../../meaning/pass.ts';

const schemesOf = (key: string): readonly string[] => passDirectives.get(key)!.schemes;

/** `ngx_http_upstream_param_set_slot`. */
const parameterOption: NginxCheck = (directive, run) => {
  const third = directive.args[2];
  if (third && third.value !== 'if_not_empty') refuseChoice(run, directive, third, '"if_not_empty" after the value');
};

const splitPathInfo: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  if (checkRegex(run, directive, word) && captureGroups(word.value).length !== 2) {
    refuseForm(run, directive, word, 'a pattern with two groups');
  }
};

export const fastcgi: ModuleChecks = {
  directives: {
    fastcgi_bind: bind,
    fastcgi_pass: passCheck(),
    fastcgi_split_path_info: splitPathInfo,
    fastcgi_param: parameterOption,
    ...cacheChecks('fastcgi'),
    ...bufferChecks('fastcgi'),
  },
};

export const uwsgi: ModuleChecks = {
  directives: {
    uwsgi_bind: bind,
    uwsgi_pass: [passCheck(schemesOf('uwsgi_pass')), noteSecurePass('uwsgi', /^suwsgi:|\$/i)],
    uwsgi_param: parameterOption,
    uwsgi_ssl_ciphers: backendCiphers,
    uwsgi_ssl_certificate_cache: certificateCache,
    ...cacheChecks('uwsgi'),
    ...bufferChecks('uwsgi'),
  },
};

export const scgi: ModuleChecks = {
  directives: {
    scgi_bind: bind,
    scgi_pass: passCheck(),
    scgi_param: parameterOption,
    ...cacheChecks('scgi'),
    ...bufferChecks('scgi'),
  },
};

export const grpc: ModuleChecks = {
  directives: {
    grpc_bind: bind,
    grpc_pass: [passCheck(schemesOf('grpc_pass')), noteSecurePass('grpc', /^grpcs:|\$/i)],
    grpc_ssl_ciphers: backendCiphers,
    grpc_ssl_certificate_cache: certificateCache,
  },
};

export const memcached: ModuleChecks = {
  directives: { memcached_bind: bind, memcached_pass: passCheck([], 'http', false) },
};
