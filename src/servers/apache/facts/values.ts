/**
 * What httpd accepts as the value of directives whose arguments are simple: words, numbers, durations. Source: the setters in C
 * (httpd 2.4.x), each tried on 2.4.71.
 */

import { atoi, parseTimeout } from './numbers.ts';
import { wordTable } from '../../../text/word-table.ts';

export interface ValueType {
  readonly accepts: (text: string) => boolean;
  /** As in "a number from 1 to 9"; for a choice of words the words. */
  readonly expected: string | readonly string[];
  /** Of numbers the number, of durations the milliseconds; not a number for what is refused. */
  readonly read?: (text: string) => number;
  readonly isDuration?: true;
}

/** One of some words, in any case. */
function words(list: string): ValueType {
  const expected = list.split(' ');
  const known = new Set(expected.map((word) => word.toLowerCase()));
  return { accepts: (text) => known.has(text.toLowerCase()), expected };
}

/** One of some words, in exactly this case. */
function exactWords(list: string): ValueType {
  const expected = list.split(' ');
  return { accepts: (text) => expected.includes(text), expected };
}

const onOff = words('On Off');

/** A number of which the server reads the leading digits only (`atoi`): no number at all counts as 0. */
function leadingNumber(min: number, max = Infinity): ValueType {
  return {
    accepts(text) {
      const number = atoi(text);
      return number >= min && number <= max;
    },
    expected: max === Infinity ? `a number of at least ${min}` : `a number from ${min} to ${max}`,
    read: atoi,
  };
}

/** The largest number that `apr_strtoff` and `strtol` read. */
const largest = 2 ** 63;

/** A number without anything behind it. */
function number(min: number, max = largest): ValueType {
  const read = (text: string): number => (/^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN);
  return {
    read,
    accepts: (text) => read(text) >= min && read(text) <= max,
    expected: max === largest ? `a whole number of at least ${min}` : `a whole number from ${min} to ${max}`,
  };
}

/** `10`, `10s`, `500ms`, `5mi`, `1h`. */
const duration: ValueType = {
  read: parseTimeout,
  isDuration: true,
  accepts: (text) => !Number.isNaN(parseTimeout(text)),
  expected: 'a duration such as "10", "10s", "500ms", "5mi" or "1h"',
};

function either(first: ValueType, second: ValueType, expected: string): ValueType {
  return { accepts: (text) => first.accepts(text) || second.accepts(text), expected };
}

function matching(pattern: RegExp, expected: string): ValueType {
  return { accepts: (text) => pattern.test(text), expected };
}

const ranges = either(
  words('none default unlimited'),
  leadingNumber(1),
  '"none", "default", "unlimited" or a positive number',
);
const buffer = {
  accepts: (text: string) => leadingNumber(0, 0).accepts(text) || leadingNumber(512).accepts(text),
  expected: 'a size of at least 512 bytes, or 0 for the system default',
};
/** Read as 64 bits, of which nothing is cut. */
const wideBuffer = {
  accepts: (text: string) => buffer.accepts(text) || Number.parseInt(text, 10) >= 512,
  expected: buffer.expected,
};
const etag = words('AddSuffix NoChange Remove');
const verify = words('none optional require optional_no_ca on off');
const logLevel = matching(
  /^(?:.+:)?(?:emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])$/i,
  'one of "emerg", "alert", "crit", "error", "warn", "notice", "info", "debug", "trace1" to "trace8", or a module, a colon and one of these',
);
const absoluteOrNone = matching(/^(?:none$|\/)/i, 'an absolute path or "none"');
const mdDuration = matching(/^-?\d+(?:$|d|h|m|ms|mi|s)/, 'a duration such as "10d", "12h" or "30s"');
const cookieName = matching(/^[^=&\s]*(?:\s|$)/, 'a name without "=" and "&"');
const withSlash = matching(/\//, 'a MIME type with a slash, such as "text/html"');

/** By lower-cased name: the types of the arguments in their order; the last one holds for all that follow where `each` is set. */
export interface ValueRule {
  readonly types: readonly (ValueType | undefined)[];
  readonly each: boolean;
}

const first: Readonly<Record<string, ValueType>> = wordTable({
  acceptpathinfo: words('On Off Default'),
  allowencodedslashes: words('On Off NoDecode'),
  authbasicusedigestalgorithm: words('MD5 Off'),
  authdigestalgorithm: words('MD5'),
  authdigestnoncelifetime: matching(/^-?\d+$/, 'a number of seconds'),
  authldapdereferencealiases: words('never searching finding always on off'),
  authmerging: words('Off And Or'),
  balancergrowth: leadingNumber(0, 1000),
  brotlialteretag: etag,
  brotlicompressionmaxinputblock: leadingNumber(16, 24),
  brotlicompressionquality: leadingNumber(0, 11),
  brotlicompressionwindow: leadingNumber(10, 24),
  buffersize: leadingNumber(1),
  cachedirlength: leadingNumber(1, 20),
  cachedirlevels: leadingNumber(1, 20),
  cachelockmaxage: leadingNumber(1),
  cookiedomain: matching(/^\../, 'a domain that begins with a dot'),
  cookiesamesite: words('None Lax Strict'),
  cookiestyle: words('Netscape Cookie Cookie2 RFC2109 RFC2965'),
  davmintimeout: leadingNumber(0),
  deflatealteretag: etag,
  define: matching(/^[^:]*$/, 'a name without a colon'),
  deflatebuffersize: leadingNumber(1),
  deflatecompressionlevel: leadingNumber(1, 9),
  deflateinflatelimitrequestbody: number(0),
  deflateinflateratioburst: leadingNumber(1),
  deflateinflateratiolimit: leadingNumber(1),
  deflatememlevel: leadingNumber(1, 9),
  deflatewindowsize: leadingNumber(1, 15),
  directoryindexredirect: either(
    words('On Off permanent temp seeother'),
    leadingNumber(300, 399),
    '"On", "Off", "permanent", "temp", "seeother" or a status from 300 to 399',
  ),
  enablemmap: onOff,
  enablesendfile: onOff,
  expiresbytype: withSlash,
  flushmaxpipelined: number(-1, 2_147_483_647),
  flushmaxthreshold: number(0, 4_294_967_295),
  h2copyfiles: onOff,
  h2direct: onOff,
  h2earlyhints: onOff,
  h2maxsessionstreams: leadingNumber(1),
  h2maxworkeridleseconds: duration,
  h2maxworkers: leadingNumber(1),
  h2minworkers: leadingNumber(1),
  h2moderntlsonly: onOff,
  h2outputbuffering: onOff,
  h2padding: leadingNumber(0, 8),
  h2proxyrequests: onOff,
  h2push: onOff,
  h2streammaxmemsize: leadingNumber(1024),
  h2streamtimeout: duration,
  h2upgrade: onOff,
  h2websockets: onOff,
  h2windowsize: leadingNumber(1024),
  hostnamelookups: words('On Off Double'),
  indexorderdefault: words('Ascending Descending'),
  keepalivetimeout: duration,
  ldapreferrals: words('On Off Default'),
  ldapretries: leadingNumber(0),
  ldapretrydelay: duration,
  ldaptimeout: number(0),
  ldaptrustedmode: words('NONE SSL TLS STARTTLS'),
  limitrequestbody: number(0),
  limitrequestfields: leadingNumber(0),
  limitrequestfieldsize: leadingNumber(0),
  limitrequestline: leadingNumber(0),
  limitxmlrequestbody: leadingNumber(0),
  listenbacklog: leadingNumber(1),
  listencoresbucketsratio: leadingNumber(1),
  luacodecache: words('never stat forever'),
  luainherit: words('none parent-first parent-last'),
  luascope: exactWords('once request conn thread server'),
  maxrangeoverlaps: ranges,
  maxrangereversals: ranges,
  maxranges: ranges,
  mdactivationdelay: mdDuration,
  mdbaseserver: onOff,
  mdcertificatestatus: onOff,
  mddrivemode: words('auto always manual'),
  mdmatchnames: words('all servernames'),
  mdmuststaple: onOff,
  mdrenewmode: words('auto always manual'),
  mdrequirehttps: words('off temporary permanent'),
  mdserverstatus: onOff,
  mdstapleothers: onOff,
  mdstapling: onOff,
  mutex: matching(
    /^(?:default|no(?:ne)?|yes|fcntl|file|flock|posixsem|sem|sysvsem|pthread)(?::|$)/i,
    'a mechanism such as "default", "file:/run/lock", "fcntl:/run/lock", "posixsem", "sysvsem" or "pthread"',
  ),
  protocolshonororder: onOff,
  proxybadheader: words('IsError Ignore StartBody'),
  proxydomain: matching(/^\../, 'a domain that begins with a dot'),
  proxyerroroverride: onOff,
  proxyfcgibackendtype: words('FPM GENERIC'),
  proxyiobuffersize: wideBuffer,
  proxyreceivebuffersize: buffer,
  proxystatus: words('Off On Full'),
  proxytimeout: leadingNumber(1),
  proxyvia: words('Off On Full Block'),
  receivebuffersize: buffer,
  rewritebase: matching(/^\//, 'a URL path that begins with a slash'),
  satisfy: words('All Any'),
  sendbuffersize: buffer,
  serversignature: words('On Off EMail'),
  servertokens: words('Major Minor Min Minimal Prod ProductOnly OS Full'),
  sessioncookiename: cookieName,
  sessioncookiename2: cookieName,
  sslengine: words('On Off Optional'),
  sslproxyverify: verify,
  sslproxyverifydepth: leadingNumber(0),
  sslrenegbuffersize: leadingNumber(0),
  sslsessioncachetimeout: leadingNumber(0),
  sslstaplingerrorcachetimeout: leadingNumber(0),
  sslstaplingresponsemaxage: leadingNumber(0),
  sslstaplingresponsetimeskew: leadingNumber(0),
  sslstaplingrespondertimeout: leadingNumber(0),
  sslstaplingstandardcachetimeout: leadingNumber(0),
  sslverifyclient: verify,
  sslverifydepth: leadingNumber(0),
  traceenable: words('On Off Extended'),
  usecanonicalname: words('On Off DNS'),
  usecanonicalphysicalport: onOff,
  virtualdocumentroot: absoluteOrNone,
  virtualdocumentrootip: absoluteOrNone,
  virtualscriptalias: absoluteOrNone,
  virtualscriptaliasip: absoluteOrNone,
  xbithack: words('Off On Full'),
});

const every: Readonly<Record<string, ValueType>> = wordTable({
  allowconnect: matching(/^\d+(?:-\d+)?$/, 'a port or a range of ports'),
  authdigestqop: words('auth none'),
  extfilteroptions: matching(
    /^(?:DebugLevel=\d+|(?:No)?LogStderr|Onfail=(?:remove|abort))$/i,
    '"LogStderr", "NoLogStderr" or "Onfail=remove"',
  ),
  fileetag: matching(
    /^(?:[+-]?(?:MTime|INode|Size|Digest)|All|None)$/i,
    '"All", "None", "MTime", "INode", "Size" or "Digest"',
  ),
  forcelanguagepriority: words('None Prefer Fallback'),
  httpprotocoloptions: words('Strict Unsafe RegisteredMethods LenientMethods Allow0.9 Require1.0'),
  loglevel: logLevel,
  multiviewsmatch: words('Any NegotiatedOnly Filters Handlers'),
  rewriteoptions: matching(
    /^(?:inherit(?:before|down(?:before)?)?|ignoreinherit|allownoslash|mergebase|ignorecontextinfo|legacyprefixdocroot|allowanyuri|unsafeallow3f|unsafeprefixstat|longurloptimization|maxredirects=.*)$/i,
    'an option such as "Inherit", "InheritDown" or "AllowNoSlash"',
  ),
});

const others: Readonly<Record<string, ValueRule>> = wordTable({
  indexorderdefault: { types: [words('Ascending Descending'), words('Name Date Size Description')], each: false },
  rewritemap: {
    types: [
      undefined,
      matching(
        /^(?!int:|dbm=)|^int:(?:toupper|tolower|escape|unescape)$|^dbm=(?:sdbm|gdbm|ndbm|db|default|lmdb)(?::|$)/,
        'a source such as "txt:/path", "int:tolower" or "dbm=sdbm:/path"',
      ),
    ],
    each: false,
  },
});

/** Undefined for a directive whose values are not of this simple kind. */
export function valueRule(key: string): ValueRule | undefined {
  if (Object.hasOwn(others, key)) return others[key];
  if (Object.hasOwn(every, key)) return { types: [every[key]], each: true };
  return Object.hasOwn(first, key) ? { types: [first[key]], each: false } : undefined;
}

export { duration, either, leadingNumber, matching, number, words };
