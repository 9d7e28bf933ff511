/**
 * What httpd accepts as the value of directives of its less common modules. Source: the setters in C (httpd 2.4.x), each tried on
 * 2.4.71; `test/inventory/apache.json` names the message of each.
 */
import { parseTimeout } from './numbers.ts';
import { duration, either, leadingNumber, matching, number, words, type ValueRule, type ValueType } from './values.ts';
import { wordTable } from '../../../text/word-table.ts';

/** A number of 64 bits of which the leading digits are read: no number at all counts as 0. */
function wideNumber(min: number, max = Infinity): ValueType {
  return {
    accepts(text) {
      const read = Number(/^\s*([+-]?\d+)/.exec(text)?.[1] ?? 0);
      return read >= min && read <= max;
    },
    expected: max === Infinity ? `a number of at least ${min}` : `a number from ${min} to ${max}`,
  };
}

function durationFrom(min: number, max: number, expected: string): ValueType {
  return {
    accepts: (text) => parseTimeout(text) >= min && parseTimeout(text) <= max,
    expected,
  };
}

const digits = matching(/^\d*$/, 'a number');
const upToOneHour = durationFrom(0, 3_600_000, 'a duration of at most one hour, such as "15s" or "1h"');
const withoutSpace = matching(/^\S*$/, 'a tag without white space');
const formField = matching(/^[^=&]+$/, 'a name without "=" and "&"');
const columnName = matching(/^[^=;&]+$/, 'a name without "=", ";" and "&"');
const seconds = leadingNumber(0);
const acmeDuration = matching(/^[+-]?\d*(?:$|[dsh]|m[si])/i, 'a duration such as "10d", "12h" or "30s"');
const acmeWindow: ValueType = {
  accepts: (text) => (text.endsWith('%') ? /^\+?\d{1,2}%/.test(text) : /^[+-]?\d+(?:$|[dsh]|m[si])/i.test(text)),
  expected: 'a duration such as "14d", or a part of the lifetime below 100%',
};

const first: Readonly<Record<string, ValueType>> = wordTable({
  authdigestshmemsize: {
    accepts(text) {
      const [, size, unit = ''] = /^\s*([+-]?\d+)\s*([kmb]?)/i.exec(text) ?? [];
      const isWhole = /^\s*[+-]?\d+\s*(?:$|[kmb])/i.test(text);
      return isWhole && Number(size) * ({ k: 1024, m: 1_048_576 }[unit.toLowerCase() as 'k'] ?? 1) >= 88;
    },
    expected: 'a size of some hundred bytes or more, such as "64K" or "1M"',
  },
  authformbody: formField,
  authformlocation: formField,
  authformmethod: formField,
  authformmimetype: formField,
  authformpassword: formField,
  authformsize: wideNumber(0),
  authformusername: formField,
  asyncrequestworkerfactor: {
    accepts: (text) => /^\s*\+?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text) && Number(text) > 0,
    expected: 'a number above 0',
  },
  cachelastmodifiedfactor: matching(/^\s*[+-]?(?:\d|\.\d|inf|nan)/i, 'a number such as "0.1"'),
  cachesocachemaxsize: wideNumber(1024, 4_294_967_295),
  cgidscripttimeout: duration,
  cgiscripttimeout: duration,
  dbdexptime: digits,
  dbdkeep: digits,
  dbdmax: digits,
  dbdmin: digits,
  h2maxdataframelen: leadingNumber(0),
  h2pushdiarysize: {
    accepts(text) {
      const size = Number.parseInt(text, 10) || 0;
      return size >= 0 && size <= 65_536 && (size & (size - 1)) === 0;
    },
    expected: '0 or a power of two up to 65536',
  },
  heartbeatmaxservers: either(leadingNumber(0, 0), leadingNumber(10), '0, or a number of at least 10'),
  keptbodysize: matching(/^\s*\+?\d/, 'a size in bytes'),
  ldapconnectionpoolttl: matching(/^-|^\s*\+?\d+(?:$|s|h|ms|mi)/, 'a duration such as "10" or "5mi", or "-1"'),
  ldapreferralhoplimit: leadingNumber(1),
  mdchallengedns01version: matching(/^[12]$/, '"1" or "2"'),
  mdcheckinterval: {
    accepts: (text) =>
      /^\+?\d+(?:$|[dsh]|m[si])/i.test(text) && Number.parseInt(text, 10) >= (/ms/i.test(text) ? 1000 : 1),
    expected: 'a duration of at least one second, such as "12h"',
  },
  mdretrydelay: acmeDuration,
  mdretryfailover: leadingNumber(1),
  mdrenewwindow: acmeWindow,
  mdstaplingkeepresponse: matching(
    /^[+-]?\d+(?:$|[dsh%]|m[si])/i,
    'a duration such as "7d", or a part of the lifetime such as "50%"',
  ),
  mdstaplingrenewwindow: acmeWindow,
  mdstorelocks: either(words('On Off'), acmeDuration, '"On", "Off" or a duration such as "5s"'),
  mdwarnwindow: acmeWindow,
  memcacheconnttl: upToOneHour,
  proxyhctpsize: leadingNumber(0),
  proxyhtmlbufsize: matching(/^\s*[+-]?\d+$/, 'a number'),
  readbuffersize: number(0, 4_294_967_295),
  redisconnpoolttl: upToOneHour,
  redistimeout: duration,
  sessionexpiryupdateinterval: wideNumber(0),
  sessiondbdcookiename: columnName,
  sessiondbdcookiename2: columnName,
  sslocspenable: words('On Off Leaf'),
  sslocspresponsemaxage: seconds,
  sslocspresponsetimeskew: seconds,
  sslocsprespondertimeout: seconds,
  sslpassphrasedialog: matching(
    /^(?:builtin$|exec:.|\|.)/i,
    '"builtin", "exec:/path/to/program" or "|/path/to/program"',
  ),
  sslvhostsnipolicy: words('Strict Secure AuthOnly Insecure'),
  ssiendtag: withoutSpace,
  ssistarttag: withoutSpace,
  substitutemaxlinelength: matching(/^\d+[bkmg]?$/i, 'a size such as "1M"'),
  undefine: matching(/^[^:]*$/, 'a name without a colon'),
  watchdoginterval: durationFrom(100, Infinity, 'a duration of at least 100 milliseconds'),
});

const every: Readonly<Record<string, ValueType>> = wordTable({
  charsetoptions: matching(
    /^(?:(?:No)?ImplicitAdd|(?:No)?TranslateAllMimeTypes)$/i,
    '"ImplicitAdd", "NoImplicitAdd", "TranslateAllMimeTypes" or "NoTranslateAllMimeTypes"',
  ),
  mdportmap: matching(
    /^(?:\+?(?:80|443)|https?):(?:-|\+?0*(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])(?:\D|$))/,
    'a pair of ports such as "80:8080" or "https:8443"',
  ),
  regexdefaultoptions: matching(
    /^(?:none|[+-]?(?:ICASE|EXTENDED|DOTALL|DOLLAR_ENDONLY))$/i,
    '"ICASE", "EXTENDED", "DOTALL", "DOLLAR_ENDONLY" or "none"',
  ),
});

const others: Readonly<Record<string, ValueRule>> = wordTable({
  action: { types: [undefined, undefined, words('virtual')], each: false },
  cgivar: {
    types: [matching(/^REQUEST_URI$/, '"REQUEST_URI"'), words('current-uri original-uri')],
    each: false,
  },
  limitinternalrecursion: { types: [leadingNumber(1), leadingNumber(1)], each: false },
  luahookaccesschecker: lateOrEarly(),
  luahookauthchecker: lateOrEarly(),
  luahooktranslatename: lateOrEarly(),
  script: { types: [matching(/^(?!TRACE$)/, 'a method other than "TRACE"')], each: false },
});

function lateOrEarly(): ValueRule {
  return { types: [undefined, undefined, words('early late')], each: false };
}

/** As `valueRule`, for directives that it does not know. */
export function moduleValueRule(key: string): ValueRule | undefined {
  if (Object.hasOwn(others, key)) return others[key];
  if (Object.hasOwn(every, key)) return { types: [every[key]], each: true };
  return Object.hasOwn(first, key) ? { types: [first[key]], each: false } : undefined;
}
