/** How settings of nginx are compared: by what their setters make of them. */
import { bareVariables, parseSize, parseTime } from './meaning/values.ts';
import { valueOf } from './meaning/settings.ts';
import { nginxDirectives } from './facts/index.ts';
import { influenceOf } from './trace/directives.ts';
import type { SettingForms } from '../setting-forms.ts';
import type { Directive } from '../../syntax/tree.ts';
import { wordsOf } from '../../text/words.ts';

/** Their words are a set, or stand each for itself. */
const unordered: ReadonlySet<string> = new Set(
  wordsOf(`limit_req limit_req_zone limit_conn_zone gzip_types sub_filter_types addition_types charset_types gunzip_types ssi_types
    brotli_types proxy_cookie_flags proxy_cache_methods proxy_ignore_headers proxy_cache_use_stale proxy_cache_bypass proxy_no_cache
    expires_types zstd_types ssl_conf_command image_filter_types`),
);
/** Several of them stand each for itself. */
const listed: ReadonlySet<string> = new Set(
  wordsOf(`proxy_hide_header proxy_pass_header proxy_ignore_headers fastcgi_hide_header fastcgi_pass_header uwsgi_hide_header scgi_hide_header
    grpc_hide_header proxy_cache_valid fastcgi_cache_valid uwsgi_cache_valid scgi_cache_valid limit_req limit_conn ssl_certificate
    ssl_certificate_key set_real_ip_from proxy_cookie_flags fastcgi_param uwsgi_param scgi_param`),
);
/** Times among words that have a setter of their own. */
const timed: ReadonlySet<string> = new Set(
  wordsOf(`keepalive_timeout expires proxy_cache_valid fastcgi_cache_valid uwsgi_cache_valid scgi_cache_valid resolver_timeout
    open_file_cache ssl_session_timeout resolver`),
);
const sized: ReadonlySet<string> = new Set(
  wordsOf('limit_req_zone limit_conn_zone ssl_session_cache proxy_cache_path'),
);

export const nginxSettingForms: SettingForms = {
  formOf,
  isListed: (key) => listed.has(key),
  defaultForm,
  isTraced: (key) => influenceOf(key) === 'traced',
};

function formOf(directive: Directive): string {
  const value = valueOf(directive);
  switch (value?.kind) {
    case 'flag':
      return value.on ? 'on' : 'off';
    case 'words':
      return value.words.toSorted().join('\0');
    case 'number':
    case 'time':
      return String(value.amount);
    case 'size':
      // Of buffers the number stands in front.
      return directive.args.length > 1 ? `${directive.args[0]!.value}\0${value.amount}` : String(value.amount);
    default: {
      const words = directive.args.map(({ value: word }) => wordForm(directive.key, bareVariables(word)));
      return (unordered.has(directive.key) ? words.toSorted() : words).join('\0');
    }
  }
}

function wordForm(key: string, word: string): string {
  if (!timed.has(key) && !sized.has(key)) return word;
  const at = word.lastIndexOf(sized.has(key) ? ':' : '=') + 1;
  const end = word.slice(at);
  const amount = sized.has(key) ? parseSize(end, true) : parseTime(end) / 1000;
  return /^\d/.test(end) && !Number.isNaN(amount) ? word.slice(0, at) + String(amount) : word;
}

/** Undefined where no module has it, or the modules that have it differ in that. */
function defaultForm(key: string): string | undefined {
  const all = nginxDirectives(key).filter(({ contexts }) => contexts.some((each) => ofHttp.has(each)));
  const text = all[0]?.default;
  if (text === undefined || all.some((each) => each.default !== text)) return undefined;
  const args = text
    .replaceAll('"', '')
    .split(' ')
    .map((value) => ({ value }));
  return formOf({ key, args } as unknown as Directive);
}

const ofHttp: ReadonlySet<string> = new Set(['http', 'server', 'location']);
