/** Tells the dialect of a config by its content; the file's name is only a hint. */
import type { Dialect } from '../syntax/tree.ts';
import { isTemplated } from '../text/template/mask.ts';

/** What one dialect has to say about one line. */
type Mark = 'strong' | 'weak' | 'neutral' | 'foreign';

const sampleLength = 200_000;
const sampleLines = 2_000;

/**
 * Undefined for a text that is none of the three. `path` decides between dialects that are equally likely and lets
 * an empty file, or one with very little in it, count as what its name says.
 */
export function detectDialect(text: string, path = ''): Dialect | undefined {
  // A script, XML, HTML or PHP.
  if (/^\s*(?:#!|<[?!])/.test(text)) return undefined;
  const hint = hintOf(path);
  const lines = significantLines(text);
  if (lines.length === 0) return /(?:\.(?:conf|cfg)|\.htaccess)$/.test(path) ? hint : undefined;
  let best: { dialect: Dialect; score: number } | undefined;
  // The suggested one first: most often it settles the question.
  const order = hint ? [hint, ...dialects.filter((dialect) => dialect !== hint)] : dialects;
  for (const dialect of order) {
    if (dialect === 'nginx' && hint !== 'nginx' && hasNoStatement(lines)) continue;
    const marks = marksOf(dialect, lines);
    if (isPlain(marks, lines.length)) return dialect;
    const score = scoreOf(marks, dialect === hint);
    if (score > 0 && (!best || score > best.score)) best = { dialect, score };
  }
  return best?.dialect;
}

const dialects = ['nginx', 'apache', 'sslh'] as const;

/** The dialect that a line by itself is surely of: for texts that hold configs among prose. */
export function dialectOfLine(line: string): Dialect | undefined {
  return dialects.find((dialect) => classifiers[dialect](line) === 'strong');
}

/** The dialect that a file name suggests. */
export function hintOf(path: string): Dialect | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/sslh/.test(name)) return 'sslh';
  if (name.startsWith('.htaccess') || /apache|httpd|vhost/.test(name)) return 'apache';
  if (/nginx/.test(name)) return 'nginx';
  if (/(?:^|\/)(?:apache2?|httpd)\//.test(path)) return 'apache';
  return /(?:^|\/)nginx\//.test(path) ? 'nginx' : undefined;
}

/** Lines without indentation, blank lines and comments (the comment signs of all three dialects). */
function significantLines(text: string): string[] {
  const lines: string[] = [];
  const sample = text.length > sampleLength ? text.slice(0, sampleLength) : text;
  for (const line of sample.split('\n', sampleLines)) {
    const trimmed = line.replace(/^\uFEFF/, '').trim();
    if (trimmed !== '' && !trimmed.startsWith('#') && !trimmed.startsWith('//')) lines.push(trimmed);
  }
  return lines;
}

/** Other programs have blocks in braces, too, but no semicolons. */
function hasNoStatement(lines: readonly string[]): boolean {
  return lines.length >= 8 && !lines.some((line) => line.includes(';'));
}

type Marks = Record<Mark, number>;

function marksOf(dialect: Dialect, lines: readonly string[]): Marks {
  const classify = classifiers[dialect];
  const marks: Marks = { strong: 0, weak: 0, neutral: 0, foreign: 0 };
  for (const line of lines) marks[classify(line)]++;
  return marks;
}

/** Nothing in it is strange, and half of it is of this dialect alone: the others need not be asked. */
function isPlain({ strong, foreign }: Marks, lines: number): boolean {
  return foreign === 0 && strong * 2 >= lines;
}

/** Positive if the lines may be of the dialect, and the greater the more they look like it. */
function scoreOf(marks: Marks, hinted: boolean): number {
  const known = 2 * marks.strong + marks.weak;
  if (marks.strong === 0 && !(hinted && marks.weak > 0)) return 0;
  // A hint makes up for a few strange lines (a broken config is still a config), not for a text full of them.
  if (marks.foreign > known * (hinted ? 1 : 0.5)) return 0;
  return known - marks.foreign + (hinted ? 1 : 0);
}

/** Sets and not one large expression, which would take a millisecond to compile. */
const nginxNames: ReadonlySet<string> = new Set(
  (
    'server location upstream http events stream mail listen root alias index include user pid map geo types allow deny expires ' +
    'sendfile gzip ssl charset resolver autoindex rewrite return set internal etag satisfy mirror aio directio ' +
    'chunked_transfer_encoding access_log error_log tcp_nopush tcp_nodelay daemon load_module env protocol least_conn ip_hash ' +
    'random keepalive zone hash http2 http3 if break empty_gif perl slice ssi pagespeed health_check status_zone match multi_accept ' +
    'use debug_connection stub_status flv mp4 dav_methods dav_access min_delete_depth'
  ).split(' '),
);
/** What the names of directives with underscores begin with. */
const nginxPrefixes: ReadonlySet<string> = new Set(
  (
    'access add aio ancient auth autoindex charset client default disable error etag expires fastcgi geoip2 geoip grpc gzip http2 ' +
    'http3 ignore keepalive large limit lingering log lua map max memcached merge modern more msie mirror open pagespeed perl port ' +
    'postpone proxy quic random read real recursive request reset resolver satisfy scgi secure send server set slice slowfs split ' +
    'ssi ssl stub sub subrequest tcp try types underscores uninitialized upload userid uwsgi valid variables vhost worker xml xslt ' +
    'zone'
  ).split(' '),
);

function isNginxName(name: string): boolean {
  if (nginxNames.has(name)) return true;
  const [, prefix] = /^([a-z0-9]+)_./.exec(name) ?? [];
  if (prefix !== undefined && nginxPrefixes.has(prefix)) return true;
  return /^(?:js_[a-z_]+|[a-z_]+_by_lua(?:_block|_file)?|(?:brotli|modsecurity|image_filter)[a-z_]*)$/.test(name);
}
/** nginx names that other languages use too: they prove nothing by themselves. */
const ambiguousNginx =
  /^(?:if|set|return|break|index|include|user|types|hash|match|use|env|internal|random|map|events|http|zone|keepalive|protocol|default_type|perl|image_filter|pid|daemon|root)$/;

function classifyNginx(line: string): Mark {
  if (/^[}\s]*$/.test(line) || line.startsWith('"') || line.startsWith("'")) return 'neutral';
  // No nginx statement looks like these, but C, JavaScript, CSS, bind and dhcpd ones do.
  if (
    /^\}\s*[;,)]|\s=\s</.test(line) ||
    /^\S+\s*(?:[:=]{1,2}|=>)\s|^[\w.-]+:\s|\(\)|^<[/\w]|^(?:my|our|sub|package|local)\s|^use\s+[\w:]+(?:::|\s|;$)(?<!use epoll;|use poll;|use kqueue;|use select;)/.test(
      line,
    )
  ) {
    return 'foreign';
  }
  const ended = /[;{}]\s*(?:#.*)?$/.test(line);
  const name = /^([a-z][a-z0-9_]*)(?=[\s;{]|$)/.exec(line)?.[1];
  if (name === undefined) return ended || /^[~*.\d/\\$@-]/.test(line) ? 'neutral' : 'foreign';
  if (/^map\s+\S*\$\S+\s+\$\w+$/.test(line)) return 'strong';
  if (!isNginxName(name)) return ended ? 'neutral' : 'foreign';
  if (!ended) return 'weak';
  if (
    /^(?:return\s+\d{3}\b|if\s*\(\s*[$-]|set\s+\$|map\s+\S*\$|root\s+\/|events\s*\{|http\s*\{|include\s+\S+[^"];|user\s+[\w-]+(?:\s+[\w-]+)?;|index\s+[^=]*\.\w+;|types\s*\{)/.test(
      line,
    )
  )
    return 'strong';
  return ambiguousNginx.test(name) ? 'weak' : 'strong';
}

const apacheSections =
  /^<\/?(?:VirtualHost|Directory(?:Match)?|Location(?:Match)?|Files(?:Match)?|Proxy(?:Match)?|IfModule|IfDefine|IfVersion|IfDirective|IfFile|IfSection|If|ElseIf|Else|Limit(?:Except)?|Require(?:All|Any|None)|Macro|MDomainSet(?:pair)?|AuthnProviderAlias|AuthzProviderAlias)\b[^<]*>$/i;
const apacheNames =
  /^(?:(?:SSL|Proxy|Rewrite|Auth|Authn|Authz|AuthLDAP|AuthzLDAP|LDAP|Cache|Deflate|DAV|Dav|WSGI|Passenger|Session|Mod|Sec|Security|Brotli|Expires|RemoteIP|CGI|CGID|Dbd|DBD|Fcgid|FastCgi|FCGI|H2|H2Proxy|Index|Log|Lua|MD|MMap|php_|php5_|ReqTimeout|RequestRead|Rlimit|RLimit|Substitute|Balancer|BrowserMatch|Charset|Cookie|Custom|Document|Directory|Error|Filter|Global|Header|Heartbeat|Identity|Imap|Isapi|Kept|Limit|Max|Min|Mime|Nonce|Output|Perl|Request|Script|Server|SetEnv|Spare|Start|Suexec|Thread|Trace|Track|Transfer|User|Userdir|Virtual|XBit|xml2|Add|Allow|Default|Enable|Keep|Listen|Load|Modify|Name|No|Read|Redirect|Remove|Unset|Use|Watchdog|Zero|Accept|Access|Action|Alias|Anonymous|Async|Block|Buffer|Content|Core|Define|Deny|Example|Ext|File|Force|Group|Host|Include|Input|Order|PassEnv|Pid|PidFile|Port|Protocol|Protocols|Qualify|Readme|Reflector|Regex|Register|Require|Satisfy|See|Send|SetHandler|SetInputFilter|SetOutputFilter|Strict|Syntax|Time|TimeOut|Type|Undefine|Unique|VHost|Version|Win|ExtendedStatus|Options|FallbackResource|Mutex|ChrootDir|CheckSpelling|CheckCaseOnly|Multiviews|MultiviewsMatch|DirectoryIndex|FileETag|ETag|EnableSendfile|Substitute|Include|IncludeOptional|Timeout|AddType|SetEnvIf|SetEnvIfNoCase|WebSocket|Warning)[A-Za-z0-9_]*)$/i;
/** Names that alone make a line one of httpd: no other program or prose begins a line so. */
const distinctApache =
  /^(?:SSL[A-Z]\w+|Proxy[A-Z]\w+|Rewrite(?:Engine|Rule|Cond|Base|Map|Options|Log)|Auth(?:Type|Name|UserFile|GroupFile|BasicProvider|zLDAP\w*|LDAP\w*|MerA?\w*)|WSGI\w+|DocumentRoot|Server(?:Name|Alias|Admin|Root|Tokens|Signature|Path)|Directory(?:Index|Slash)|CustomLog|ErrorLog|ErrorDocument|LogFormat|LoadModule|AllowOverride|AllowEncodedSlashes|AddDefaultCharset|AddHandler|AddType|AddOutputFilter\w*|AddEncoding|SetHandler|SetEnvIf(?:NoCase)?|Redirect(?:Match|Permanent|Temp)|Alias(?:Match)?|ScriptAlias(?:Match)?|Header|RequestHeader|Expires(?:Active|ByType|Default)|IncludeOptional|NameVirtualHost|KeepAlive(?:Timeout)?|TraceEnable|FileETag|FallbackResource|RemoteIP\w+|Require|Options|Order|php_(?:flag|value|admin_flag|admin_value)|Listen|BrowserMatch\w*|IndexOptions|IndexIgnore|DefaultType|MaxRequestWorkers|MaxClients|StartServers|HostnameLookups|Protocols|Deflate\w+|Security?\w*Rule\w*|Sec[A-Z]\w+|RLimit\w+|LimitRequest\w+|UserDir|ExtendedStatus|Mutex|ReadmeName|HeaderName|Cache[A-Z]\w+|BalancerMember|Use|Define|FilterDeclare|MDomain|LogLevel|CheckSpelling|ForceType|LanguagePriority|AddLanguage|AddCharset|AddIcon\w*|PassEnv|UnsetEnv|SetEnv|EnableSendfile|EnableMMAP|UseCanonicalName|SetOutputFilter|Substitute|H2\w+|Perl[A-Z]\w+|Passenger\w+)$/i;

function classifyApache(line: string): Mark {
  if (line.startsWith('<')) return apacheSections.test(line) ? 'strong' : 'foreign';
  const name = /^[A-Za-z][\w]*(?=\s|\\?$)/.exec(line)?.[0];
  if (name === undefined) return isTemplated(line) || /^(?:SecRule|["%@&]|\/|-|\\)/.test(line) ? 'neutral' : 'foreign';
  const args = line.slice(name.length).trim();
  if (/[;{]$/.test(line) && !/["']/.test(line)) return 'foreign';
  if (args === '' || /^[=:(]/.test(args)) return 'foreign';
  if (
    /^(?:Use|Define|Header|Options|Order|Require|Listen|LogLevel|Alias|Substitute|Redirect|Include|Mutex|SetEnv)$/i.test(
      name,
    )
  ) {
    return ambiguousArguments(name, args) ? 'strong' : 'weak';
  }
  if (distinctApache.test(name)) return 'strong';
  if (isProse(args)) return 'foreign';
  if (apacheNames.test(name)) return 'weak';
  // The directive of a module that is not known here.
  return /^[A-Z]+[a-z]*(?:[A-Z][a-z]*)+$/.test(name) ? 'neutral' : 'foreign';
}

/** Whether the arguments of a name that is also a word of English or of another program are ones that httpd knows. */
function ambiguousArguments(name: string, args: string): boolean {
  switch (name.toLowerCase()) {
    case 'header':
      return /^(?:always\s+|onsuccess\s+)?(?:set|append|merge|add|unset|echo|edit\*?|setifempty|note)\s/i.test(args);
    case 'options':
      return /^(?:[+-]?(?:All|None|ExecCGI|FollowSymLinks|Includes|IncludesNOEXEC|Indexes|MultiViews|SymLinksIfOwnerMatch)\s*)+$/i.test(
        args,
      );
    case 'order':
      return /^(?:allow|deny|mutual-failure)\b/i.test(args);
    case 'require':
      return /^(?:not\s+)?(?:all|ip|host|user|group|valid-user|env|expr|method|local|ldap\S*|forward-dns|file-group|file-owner)\b/i.test(
        args,
      );
    case 'listen':
      return /^(?:\S+:)?\d+(?:\s+https?)?$/i.test(args);
    case 'include':
      return /(?:apache|httpd|sites-enabled|conf-enabled|mods-enabled)/i.test(args);
    case 'alias':
    case 'redirect':
      return /^(?:(?:permanent|temp|seeother|gone|\d{3})\s+)?"?\//i.test(args) && /\S\s+\S/.test(args);
    default:
      return false;
  }
}

/** Arguments of httpd seldom are many plain words, and do not end as sentences do. */
function isProse(args: string): boolean {
  const words = args.match(/(?<=^|\s)[A-Za-z][a-z']*[,.]?(?=\s|$)/g)?.length ?? 0;
  return !/["'\\]/.test(args) && words >= 6 && words > args.split(/\s+/).length / 2;
}

const sslhNames =
  /^(?:verbose(?:[-_][\w-]+)?|foreground|inetd|numeric|transparent|timeout|user|pidfile|chroot|listen|protocols|on[-_]timeout|syslog_facility|logfile|udp_max_connections|prefer_simplified_config|tproxy|name|host|port|probe|service|fork|log_level|keepalive|tfo_ok|proxyprotocol|is_udp|udp_timeout|sni_hostnames|alpn_protocols|regex_patterns|minlength|resolve_on_forward|max_connections|is_unix|anyprot)$/;

function classifySslh(line: string): Mark {
  if (/^[\s(){}[\];,]*$/.test(line)) return 'neutral';
  const settings = [...line.matchAll(/(?:^|[{;,(]\s*)([A-Za-z*][\w*-]*)\s*[:=]/g)].map((match) => match[1]!);
  if (settings.length === 0) return /^["@/]/.test(line) ? 'neutral' : 'foreign';
  if (!settings.every((name) => sslhNames.test(name))) return 'foreign';
  if (/^(?:protocols|listen)\s*[:=]\s*(?:\(|$)/.test(line)) return 'strong';
  if (/\{\s*(?:name|host)\s*[:=]\s*"/.test(line)) return 'strong';
  return /^[a-z][\w-]*\s*[:=].*;\s*(?:(?:#|\/\/|\/\*).*)?$/.test(line) && !/^(?:name|host|port|user)\b/.test(line)
    ? 'strong'
    : 'weak';
}

const classifiers: Readonly<Record<Dialect, (line: string) => Mark>> = {
  nginx: classifyNginx,
  apache: classifyApache,
  sslh: classifySslh,
};
