/** What a configuration of httpd must do for an advisory to matter: HTTP/2, requests that are rewritten or handed on. */
import { word, type Conditions } from './found.ts';
import { isOff, isOn } from '../../../servers/apache/meaning/settings.ts';
import { capturedPath, hasFlag, http2, isProxying, leadingCapture, passes, proxyTo } from './apache-places.ts';

export const backendConditions: Conditions['byName'] = {
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
};
