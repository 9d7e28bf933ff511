/** A virtual host of httpd that fulfils the contract of an application: what its page shows. Tested to have no finding. */
import type { Application, HeaderValue } from '../../../src/facts/applications/types.ts';
import { indent, wantedOf, type ExampleOptions, type Wanted } from './wanted.ts';

const values: Readonly<Partial<Record<HeaderValue, string>>> = {
  scheme: 'expr=%{REQUEST_SCHEME}',
  'client-ip': 'expr=%{REMOTE_ADDR}',
  'client-port': 'expr=%{SERVER_PORT}',
  'request-uri': 'expr=%{REQUEST_URI}',
  'absolute-url': 'expr=%{REQUEST_SCHEME}://%{HTTP_HOST}',
};

export function apacheExample(application: Application, options: ExampleOptions = {}): string {
  const wanted = wantedOf(application, options);
  const { told, name, listen, base, keptBase, scheme, port } = wanted;
  const parameters = [
    ...(wanted.raw ? ['nocanon'] : []),
    ...(wanted.upgrade ? [`upgrade=${wanted.upgrade}`] : []),
    ...(wanted.timeout === undefined ? [] : [`timeout=${wanted.timeout}`]),
  ];
  const pass = (path: string, target: string): string => ['ProxyPass', path, target, ...parameters].join(' ');
  const target = `${scheme}://127.0.0.1:${port}${keptBase}/`;
  return `${[
    told,
    ...plainHost(wanted),
    `<VirtualHost *:${listen}>`,
    ...indent([
      `ServerName ${name}`,
      'SSLEngine on',
      'SSLCertificateFile /etc/ssl/site.pem',
      'SSLCertificateKeyFile /etc/ssl/site.key',
      ...(scheme === 'https' ? ['SSLProxyEngine on', 'SSLProxyCheckPeerName off'] : []),
      ...(wanted.keepsOwnHost ? [] : ['ProxyPreserveHost On']),
      ...(wanted.raw ? ['AllowEncodedSlashes NoDecode'] : []),
      ...headersOf(wanted),
      ...wanted.closed.map((path) => `ProxyPass ${base}${path} !`),
      ...[...wanted.ports].map(([path, other]) =>
        pass(`${base}${path}`, `http://127.0.0.1:${other}${keptBase}${path}`),
      ),
      pass(`${base}/`, target),
      `ProxyPassReverse ${base}/ ${target}`,
    ]),
    '</VirtualHost>',
  ].join('\n')}\n`;
}

function headersOf({ headers, base }: Wanted): string[] {
  const own = [...headers].flatMap(([header, value]) => {
    const text = value === 'prefix' && base !== '' ? base : values[value];
    return text === undefined || /^X-Forwarded-For$/i.test(header)
      ? []
      : [`RequestHeader set ${header} ${quoted(text)}`];
  });
  return headers.has('X-Forwarded-Proto')
    ? own
    : [...own, 'RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}'];
}

function quoted(value: string): string {
  return /\s/.test(value) ? `"${value}"` : value;
}

function plainHost({ plain, name, plainPort }: Wanted): string[] {
  if (plain.length === 0) return [];
  const paths = plain.map((path) => path.replace(/[^/]*$/, ''));
  return [
    '<VirtualHost *:80>',
    ...indent([
      `ServerName ${name}`,
      'ProxyPreserveHost On',
      ...paths.map((path) => `ProxyPass ${path} http://127.0.0.1:${plainPort}${path}`),
      `RedirectMatch permanent "^/(?!\\.well-known/)(.*)" https://${name}/$1`,
    ]),
    '</VirtualHost>',
  ];
}
