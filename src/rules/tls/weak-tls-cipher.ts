import type { Confidence } from '../finding.ts';
import type { Tls } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { appendTo } from '../../edits/statements.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { cipherList, someOf, type CipherList } from './_ciphers.ts';
import { isInUse } from './_listeners.ts';
import { inStreamOrMail } from './_stream-and-mail.ts';
import { backendCiphers, backendTlsKeys } from './_towards-backends.ts';
import { nginxDefault, modern, type Weakness, weaknessesOf } from './_weak-ciphers.ts';

export default defineRule({
  meta: {
    summary: 'A cipher list leaves suites enabled that are broken or have no forward secrecy',
    why: 'A client, or somebody between it and the server, can choose the weakest suite that both sides know: without encryption, without authentication, or with a cipher that is broken.',
    how: 'Name what you want, such as "ECDHE+AESGCM:ECDHE+CHACHA20", or exclude the weak ones with "!aNULL:!eNULL:!EXPORT:!DES:!3DES:!RC4:!MD5".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['*ssl_ciphers'], apache: ['sslciphersuite', 'sslproxyciphersuite'] },
    fixable: 'unsafe',
    references: [
      'https://www.rfc-editor.org/rfc/rfc9325#section-4.1',
      'https://docs.openssl.org/master/man1/openssl-ciphers/',
      'https://ssl-config.mozilla.org/',
    ],
  },
  messages: {
    weak: '"{{directive}}" leaves weak suites enabled: {{suites}}.',
    level: '"{{directive}}" with "@SECLEVEL=0" allows keys and signatures that OpenSSL refuses as too weak.',
    noForwardSecrecy:
      '"{{directive}}" leaves suites without forward secrecy enabled ({{suites}}): whoever gets the key of the certificate later can read recorded connections.',
  },
  check(context) {
    const { dialect, report } = context;
    const seen = new Set<Directive>();

    function reportWeak(list: CipherList, weak: readonly Weakness[], confidence: Confidence, isOurs: boolean): void {
      const { directive, word } = list;
      const suites = listOf(weak.map(({ name, suites }) => `${name} (${someOf(suites)})`));
      // A list without any suite would be refused.
      const isMixed = weak.reduce((count, { suites: { length } }) => count + length, 0) < list.suites.length;
      const exclusions = weak.map(({ exclusion }) => `:!${exclusion}`).join('');
      report({
        message: 'weak',
        at: placeIn(directive, word),
        confidence,
        data: { directive: directive.name.value, suites },
        ...(isOurs && { witness: `curl -k --tls-max 1.2 --ciphers ${weak[0]!.suites[0]!.name} 'https://host/'` }),
        ...(isMixed && {
          fix: {
            title: 'Exclude the weak suites',
            edits: [appendTo(directive, word, exclusions)],
          },
        }),
      });
    }

    function check(tls: Tls): void {
      const { origin } = tls.ciphers;
      if (origin === 'default' || seen.has(origin) || !isInUse(tls, context.model)) return;
      seen.add(origin);
      const list = cipherList(tls, dialect);
      if (!list) return;
      judge(list, tls.enabled === false ? 'medium' : 'high', true);
    }

    /** `isOurs`: for those who connect to this server, not for the backends that it connects to. */
    function judge(list: CipherList, confidence: Confidence, isOurs: boolean): void {
      if (/@SECLEVEL=0/.test(list.text)) {
        const data = { directive: list.directive.name.value };
        report({ message: 'level', at: placeIn(list.directive, list.word), confidence, data });
      }
      const weak = weaknessesOf(list.suites);
      if (weak.length > 0) reportWeak(list, weak, confidence, isOurs);
      const withoutSecrecy = list.suites.filter(({ kx, enc }) => kx === 'RSA' && modern.test(enc));
      if (withoutSecrecy.length === 0 || list.text === nginxDefault) return;
      report({
        message: 'noForwardSecrecy',
        at: placeIn(list.directive, list.word),
        severity: 'info',
        confidence,
        data: { directive: list.directive.name.value, suites: someOf(withoutSecrecy) },
      });
    }

    function checkBackend(directive: Directive): void {
      const list = backendCiphers(directive);
      if (list) judge(list, 'high', false);
    }

    function checkOwn(directive: Directive): void {
      const list = inStreamOrMail(directive) && backendCiphers(directive);
      if (list) judge(list, 'high', false);
    }

    return {
      tls: check,
      directives: {
        ...Object.fromEntries(backendTlsKeys(dialect, 'ciphers').map((key) => [key, checkBackend])),
        ...(dialect === 'nginx' && { ssl_ciphers: checkOwn }),
      },
    };
  },
});
