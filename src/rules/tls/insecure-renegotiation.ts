import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { optionOf } from './_openssl-options.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Insecure renegotiation is allowed',
    why: 'A client without RFC 5746 cannot tell whether a renegotiation belongs to its own connection: an attacker can put a request before that of the victim (CVE-2009-3555).',
    how: 'Remove the setting; every client of today knows secure renegotiation.',
    severity: 'warning',
    confidence: 'high',
    // nginx refuses every renegotiation that a client begins, whatever the options of OpenSSL are.
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://www.rfc-editor.org/rfc/rfc5746',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslinsecurerenegotiation',
    ],
  },
  messages: { allowed: '"{{setting}}" lets clients renegotiate in a way that an attacker can abuse.' },
  check({ report }) {
    return {
      directives: {
        sslinsecurerenegotiation(directive) {
          const [word] = directive.args;
          if (!word || !isOn(directive)) return;
          const edits = [{ place: placeIn(directive, word), text: 'off' }];
          const fix = { title: 'Allow secure renegotiation only', edits };
          report({ message: 'allowed', at: directive, data: { setting: directive.name.value }, fix });
        },
        ...optionOf('UnsafeLegacyRenegotiation', (directive) =>
          report({ message: 'allowed', at: directive, data: { setting: 'UnsafeLegacyRenegotiation' } }),
        ),
      },
    };
  },
});
