/** Refusals that the text alone does not decide: each with the reason why proxylint need not know them. */
import { apacheDirective } from '../../../src/servers/apache/facts/index.ts';
import { nginxDirectives } from '../../../src/servers/nginx/facts/index.ts';
import type { Config } from '../../../src/syntax/config.ts';
import type { Server } from './install.ts';

interface Excuse {
  readonly message: RegExp;
  readonly reason: string;
  /** Only for a fragment, and for a config whose includes are not there: a whole one would have to define it itself. */
  readonly fragment?: true;
}

/** Directives that only another build or module has; the facts say so by name. */
function isForeign(server: Server, message: string): boolean {
  const name = /^(?:unknown directive "|Invalid command '<?)([^"']+)/.exec(message)?.[1];
  if (name === undefined) return false;
  if (server === 'apache') return apacheDirective(name.toLowerCase())?.status === 'Third-party';
  const definitions = nginxDirectives(name);
  return definitions.length > 0 && definitions.every(({ origin }) => origin !== 'core');
}

const nginx: readonly Excuse[] = [
  { message: /^unknown log format "/, reason: 'the format may be defined around the fragment', fragment: true },
  { message: /^zero size shared memory zone "/, reason: 'the zone may be defined around the fragment', fragment: true },
  {
    message: /zone "[^"]*" is (?:unknown|not defined)/,
    reason: 'the zone may be defined around the fragment',
    fragment: true,
  },
  {
    message: /^"?proxy_cache"? zone "[^"]*" is unknown/,
    reason: 'the zone may be defined around the fragment',
    fragment: true,
  },
  { message: /^unknown "[^"]*" variable/, reason: 'the variable may be defined around the fragment', fragment: true },
  {
    message: /^no "ssl_certificate(?:_key)?" is defined/,
    reason: 'the certificate may be set around the fragment',
    fragment: true,
  },
  {
    message: /^"\w+(?:buffers|size)" (?:size )?must|^there must be at least 2 "\w+_buffers"/,
    reason: 'the sizes that it must fit to may be set around the fragment',
    fragment: true,
  },
  {
    message: /^no \w*ssl_\w+(?: or \w+)? for \w*ssl_verify|^no "\w+_ssl_certificate_key" is defined/,
    reason: 'the certificate may be set around the fragment',
    fragment: true,
  },
  { message: /^no port in upstream "/, reason: 'the upstream may be defined around the fragment', fragment: true },
  {
    message: /^invalid event type "(?:poll|select|kqueue|eventport)"/,
    reason: 'an event method that this build has not',
  },
  { message: /^"aio on" is unsupported|is unsupported on this platform/, reason: 'a platform or build that lacks it' },
  {
    message: /^no "events" section in configuration/,
    reason: 'a file with only http may be included in one that has it',
  },
  { message: /^could not build /, reason: 'sizes of hash tables depend on the processor' },
  { message: /^host not found in /, reason: 'names are resolved by the machine' },
  {
    message: /^unknown directive "(?:mail|perl\w*|js_\w+|xslt?_\w+|image_filter\w*|geoip_\w+)"/,
    reason: 'a module that this build has not',
  },
  {
    message: /must be 48 or 80 bytes$|^cannot load certificate|^d2i_OCSP_RESPONSE_bio\(/,
    reason: 'files of the machine',
  },
  { message: /^SSL_CTX_set_cipher_list\("PROFILE=/, reason: 'a policy that the distribution defines' },
  { message: /^(?:open|dlopen|pread|mkdir|chown|stat|bind|socket)\(\)/, reason: 'files and sockets of the machine' },
  { message: /^getpwnam\("|^getgrnam\("/, reason: 'users of the machine' },
];

const apache: readonly Excuse[] = [
  { message: /No matches for the wildcard /, reason: 'files of the machine' },
  { message: /^Cannot load \S+ into server: /, reason: 'modules of the machine' },
  {
    message: /does not exist|is not a directory|No such file or directory|^RewriteMap: file for map \S+ not found/,
    reason: 'files of the machine',
  },
  {
    message: /^Unknown (?:Auth[nz]|filter) provider|^Cannot find module /,
    reason: 'a module or an alias around the fragment may bring the provider',
    fragment: true,
  },
  {
    message: /^macro '[^']*' undefined|^no macro defined before (?:Use|UndefMacro)/,
    reason: 'the macro may be defined around the fragment',
    fragment: true,
  },
  {
    message: /Unknown (?:health check condition expr|ProxyHCTemplate name)/,
    reason: 'the condition or template may be defined around the fragment',
    fragment: true,
  },
  {
    message: /^This version of OpenSSL |: invalid OpenSSL configuration command$/,
    reason: 'the OpenSSL of the machine',
  },
  { message: /^Invalid command 'php_/, reason: 'a module that is not installed' },
  { message: /bad (?:user|group) name/, reason: 'users of the machine' },
  { message: /^Unknown DAV provider: [\w-]+$/, reason: 'modules of the machine' },
];

/** The reason why a refusal is not judged; undefined if the text alone explains it. */
export function excuseFor(server: Server, message: string, { complete }: Config): string | undefined {
  if (isForeign(server, message)) return 'a module that this build has not';
  const excuses = server === 'nginx' ? nginx : apache;
  return excuses.find((excuse) => excuse.message.test(message) && !(excuse.fragment && complete))?.reason;
}
