/** The directives that say how TLS is spoken towards backends. */
import { enabledSuites } from '../../facts/ciphers/index.ts';
import type { Dialect, Directive, Word } from '../../syntax/tree.ts';
import { passKeys, passDirectives } from '../../servers/nginx/meaning/pass.ts';
import { nginxDirectives } from '../../servers/nginx/facts/index.ts';
import type { CipherList } from './_ciphers.ts';

/** `proxy_ssl_ciphers` and its like, those of streams too. */
export function backendTlsKeys(dialect: Dialect, setting: 'ciphers' | 'protocols'): readonly string[] {
  if (dialect === 'apache') return [setting === 'ciphers' ? 'sslproxyciphersuite' : 'sslproxyprotocol'];
  const families = passKeys.map((key) => passDirectives.get(key)!.family);
  return families.map((family) => `${family}_ssl_${setting}`).filter((key) => nginxDirectives(key).length > 0);
}

/** Undefined for what the text does not decide. `SSLProxyCipherSuite [SSL] list`. */
export function backendCiphers(directive: Directive): CipherList | undefined {
  const word = listWord(directive);
  const suites = word && !/[$%{}<>]/.test(word.value) ? enabledSuites(word.value) : undefined;
  return word && suites && { directive, word, text: word.value, suites };
}

function listWord({ key, args: [first, second] }: Directive): Word | undefined {
  if (key !== 'sslproxyciphersuite' || !second) return first;
  return first!.value.toUpperCase() === 'SSL' ? second : undefined;
}

/** The words that switch one version on: nginx takes them as they are, httpd with a sign. `all` is left out. */
export function backendVersions({ args }: Directive): { readonly word: Word; readonly version: string }[] {
  return args.flatMap((word) => {
    const version = /^\+?((?:SSL|TLS)v[\d.]+)$/i.exec(word.value)?.[1];
    return version
      ? { word, version: version.replace(/^(?:ssl|tls)v/i, (name) => `${name.slice(0, 3).toUpperCase()}v`) }
      : [];
  });
}
