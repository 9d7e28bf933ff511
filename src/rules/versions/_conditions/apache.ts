/** What a configuration of httpd must do for an advisory to matter. */
import type { Directive } from '../../../syntax/tree.ts';
import { enclosing } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { isWithin, word, type Condition, type Conditions, type Found } from './found.ts';
import { schemeOf, withoutSocket } from '../../../model/url.ts';
import { isOff, isOn, numberOf } from '../../../servers/apache/meaning/settings.ts';

const passes = ['proxypass', 'proxypassmatch', 'balancermember'];
const handlerType = /^application\/(?:x-httpd-|x-httpd\b)/i;

/** A backend of some protocol, however it is named. */
function proxyTo(...schemes: readonly string[]): Condition {
  const names = ({ args }: Directive): boolean => args.some(({ value }) => schemes.includes(schemeOf(value) ?? ''));
  return (found) =>
    found.all(...passes).find(names) ??
    found.all('rewriterule').find((rule) => isProxying(rule) && names(rule)) ??
    found.all('sethandler').find(({ args }) => args.some(({ value }) => schemes.includes(handlerScheme(value) ?? '')));
}

/** `proxy:unix:/run/php.sock|fcgi://localhost`. */
function handlerScheme(handler: string): string | undefined {
  return /^proxy:/i.test(handler) ? schemeOf(withoutSocket(handler.slice('proxy:'.length))) : undefined;
}

const http2: Condition = (found) => found.withWord('protocols', /^h2c?$/i);
const isNotOff = (directive: Directive): boolean => !isOff(directive);

export const apacheConditions: Conditions = {
  keys: [
    ...passes,
    ...(
      'rewriterule rewritecond sethandler protocols h2upgrade h2push h2pushresource h2websockets loglevel authtype ' +
      'authldapcharsetconfig filesmatch limit limitexcept sessionenv session sessioncookiename mdomain mdomainset ' +
      'mdstapling mdcertificateauthority sslengine sslverifyclient locationmatch proxyrequests remoteipproxyprotocol ' +
      'remoteipheader mergeslashes directory luamaphandler luahooktranslatename luahookaccesschecker luahookfixups ' +
      'luahookauthchecker limitxmlrequestbody inputsed outputsed macro addtype header requestheader customlog ' +
      'logformat sslcacertificatefile sslcacertificatepath proxypreservehost options setenv userdir suexecusergroup ' +
      'allowoverride dav sslusestapling sslocspenable xml2encdefault xml2startparse proxyhtmlenable ' +
      'proxypassreversecookiedomain proxypassreversecookiepath authldapurl virtualdocumentroot limitrequestfieldsize ' +
      'authdigestnccheck authdigestnoncelifetime charsetsourceenc heartbeatlisten alias scriptalias'
    ).split(' '),
  ],
  byName: {
    http2,
    'http2-cleartext': (found) =>
      found.withWord('protocols', /^h2c$/i) ?? (http2(found) && found.withValue('h2upgrade', isOn)),
    'http2-push': (found) => (found.withValue('h2push', isOff) ? undefined : http2(found)),
    'http2-websockets': (found) => http2(found) && found.withValue('h2websockets', isOn),
    'http2-debug': (found) => http2(found) && found.withWord('loglevel', /^http2:(?:debug|trace\d)$/i),
    'http2-proxy': (found) => http2(found) && found.first(...passes),
    'http2-backend': (found) => (found.withValue('proxypreservehost', isOn) ? proxyTo('h2', 'h2c')(found) : undefined),
    proxy: proxyTo('http', 'https', 'fcgi', 'balancer', 'ajp', 'uwsgi', 'ws', 'wss'),
    'proxy-websocket': proxyTo('ws', 'wss'),
    'proxy-uwsgi': proxyTo('uwsgi'),
    'proxy-ajp': proxyTo('ajp'),
    'proxy-ftp': proxyTo('ftp'),
    'proxy-by-handler': (found) => found.withWord('sethandler', /^proxy:/i),
    'proxy-captured-path': capturedPath,
    'remoteip-rewrite-proxy': (found) =>
      found.first('remoteipheader') ? found.all('rewriterule').find(isProxying) : undefined,
    'forward-proxy': (found) => found.withValue('proxyrequests', isOn),
    'proxy-protocol': (found) => found.withValue('remoteipproxyprotocol', isOn),
    'proxy-html': (found) => found.withValue('proxyhtmlenable', isOn),
    'reverse-cookies': (found) => found.first('proxypassreversecookiedomain', 'proxypassreversecookiepath'),
    'rewrite-captures': (found) =>
      found
        .all('rewriterule')
        .find((rule) => /\(/.test(word(rule, 0)) && /\$[1-9]/.test(word(rule, 1)) && !isProxying(rule)),
    'rewrite-leading-capture': leadingCapture,
    'rewrite-self': (found) =>
      found.all('rewriterule').find((rule) => hasFlag(rule, /^r(?:$|=)/i) && /^\/?[$%]\{?[1-9R]/.test(word(rule, 1))),
    'rewrite-expression': (found) => found.all('rewritecond').find((condition) => /^expr$/i.test(word(condition, 0))),
    'rewrite-lookahead-header': (found) => found.withWord('rewritecond', /%\{LA-U:HTTP:/i),
    'slash-regex': (found) => found.first('locationmatch'),
    'merge-slashes-off': (found) => found.withValue('mergeslashes', isOff),
    'root-granted': rootGranted,
    'filesmatch-end': (found) => found.all('filesmatch').find((section) => word(section, 0).endsWith('$')),
    'limit-method': (found) =>
      found.config.level === 'htaccess'
        ? found.all('limit', 'limitexcept').find(({ args }) => args.some(({ value }) => !knownMethod.test(value)))
        : undefined,
    'handler-by-type': (found) => found.withWord('addtype', handlerType),
    'htaccess-expressions': (found) => found.withWord('allowoverride', /^(?:all|fileinfo)$/i),
    'htaccess-sslrequire': (found) => found.withWord('allowoverride', /^(?:all|authconfig)$/i),
    tls: (found) => found.withValue('sslengine', isOn),
    'tls-optional': (found) => found.withWord('sslengine', /^optional$/i),
    'location-client-certificate': (found) =>
      found
        .all('sslverifyclient')
        .find((it) => ['location', 'directory', 'locationmatch'].some((key) => isWithin(it, key))),
    'client-ca-hosts': (found) => {
      const all = found.all('sslcacertificatefile', 'sslcacertificatepath');
      return all.find((it) => word(it, 0) !== word(all[0]!, 0));
    },
    ocsp: (found) => found.withValue('sslocspenable', isNotOff),
    digest: (found) => found.withWord('authtype', /^digest$/i),
    'digest-nonce': (found) =>
      found.withValue('authdigestnccheck', isOn) ?? found.withWord('authdigestnoncelifetime', /^0$/),
    'ldap-charset': (found) => found.first('authldapcharsetconfig'),
    'ldap-section': (found) => found.all('authldapurl').find((it) => enclosing(it) !== undefined),
    session: (found) => found.withValue('session', isOn),
    'session-env': (found) => found.withValue('sessionenv', isOn),
    'session-cookie': (found) => found.first('sessioncookiename'),
    md: (found) => found.first('mdomain', 'mdomainset', 'mdstapling', 'mdcertificateauthority'),
    lua: (found) =>
      found.first(
        'luamaphandler',
        'luahooktranslatename',
        'luahookaccesschecker',
        'luahookfixups',
        'luahookauthchecker',
      ),
    'large-xml-body': (found) => found.all('limitxmlrequestbody').find((it) => (numberOf(it) ?? 0) > 350 * 1024 * 1024),
    sed: (found) => found.first('inputsed', 'outputsed'),
    macro: (found) => found.first('macro'),
    'content-type-from-request': (found) =>
      found
        .all('header', 'requestheader')
        .find(
          ({ args }) =>
            args.some(({ value }) => /^content-type:?$/i.test(value)) &&
            args.some(({ value }) => /%\{[^}]*(?:req|HTTP)[^}]*\}/i.test(value)),
        ),
    'log-client-text': (found) =>
      ['customlog', 'logformat'].map((key) => found.withWord(key, /%\{(?:SSL_\w+\}x|[^}]+\}c)/)).find(Boolean),
    'ssi-exec': (found) => found.withWord('options', /^\+?includes$/i),
    'cgi-variables': (found) =>
      found
        .all('setenv')
        .find((it) =>
          /^(?:CONTENT_LENGTH|CONTENT_TYPE|REQUEST_METHOD|QUERY_STRING|SCRIPT_\w+|PATH_\w+|REMOTE_\w+|SERVER_\w+|GATEWAY_INTERFACE|DOCUMENT_ROOT)$/.test(
            word(it, 0),
          ),
        ),
    'userdir-suexec': (found) =>
      found.first('suexecusergroup') && found.withWord('allowoverride', /^(?:all|fileinfo)$/i)
        ? found.first('userdir')
        : undefined,
    'userdir-absolute': (found) =>
      found.all('userdir').find(({ args }) => args.some(({ value }) => value.startsWith('/') && !value.includes('*'))),
    dav: (found) => found.withValue('dav', isNotOff),
    'xml-encoding': (found) => found.first('xml2startparse', 'xml2encdefault'),
    'long-dynamic-host': (found) =>
      found.all('limitrequestfieldsize').some((it) => (numberOf(it) ?? 0) > 8190)
        ? found.withWord('virtualdocumentroot', /%(?!%)/)
        : undefined,
    'charset-lite': (found) => found.first('charsetsourceenc'),
    heartbeat: (found) => found.first('heartbeatlisten'),
  },
};

const knownMethod =
  /^(?:get|head|post|put|delete|connect|options|trace|patch|propfind|proppatch|mkcol|copy|move|lock|unlock)$/i;

function hasFlag(rule: Directive, flag: RegExp): boolean {
  return word(rule, 2)
    .replace(/^\[|\]$/g, '')
    .split(',')
    .some((each) => flag.test(each.trim()));
}

function isProxying(rule: Directive): boolean {
  return hasFlag(rule, /^p(?:roxy)?$/i);
}

/** A part of the URL is copied into the URL for the backend. */
function capturedPath(found: Found): Directive | undefined {
  return (
    found.all('rewriterule').find((rule) => isProxying(rule) && /\$[1-9]/.test(word(rule, 1))) ??
    found
      .all('proxypassmatch')
      .find(({ args }) => args.some(({ value }) => schemeOf(value) !== undefined && /\$[1-9]/.test(value)))
  );
}

/** In a server, a substitution that the client begins may name a file or a URL. */
function leadingCapture(found: Found): Directive | undefined {
  return found.all('rewriterule').find((rule) => {
    const level = enclosing(rule);
    const isServer = level ? level.key === 'virtualhost' : found.config.level === 'server';
    return isServer && /^[$%][1-9]/.test(word(rule, 1)) && !hasFlag(rule, /^(?:r(?:$|=)|p$)/i);
  });
}

function rootGranted(found: Found): Directive | undefined {
  const roots = found.all('directory').filter((section) => word(section, 0) === '/');
  const granted = roots
    .map(
      ({ block }) =>
        block &&
        children(block).find(
          ({ key, args }) => key === 'require' && /^all granted$/i.test(args.map(({ value }) => value).join(' ')),
        ),
    )
    .find(Boolean);
  return granted && found.first('alias', 'scriptalias') ? granted : undefined;
}
