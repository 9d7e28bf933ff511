import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { optionOf } from './_openssl-options.ts';
import { settingsOf } from '../../servers/settings.ts';

export default defineRule({
  meta: {
    summary: 'TLS compression is enabled',
    why: 'The length of compressed requests gives away secrets such as cookies to somebody who can make the browser send requests (CRIME, CVE-2012-4929). Where OpenSSL is built without compression, as in most distributions, httpd refuses SSLCompression.',
    how: 'Remove the setting; compression of responses (gzip, mod_deflate) is something else.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://www.rfc-editor.org/rfc/rfc9325#section-3.3',
      'https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslcompression',
    ],
  },
  messages: { enabled: '"{{setting}}" compresses what TLS encrypts, which gives away secrets by its length.' },
  check({ dialect, report }) {
    const { isOn } = settingsOf(dialect);
    return {
      directives: {
        sslcompression(directive) {
          const [word] = directive.args;
          if (!word || !isOn(directive)) return;
          const edits = [{ place: placeIn(directive, word), text: 'off' }];
          const fix = { title: 'Switch compression off', edits };
          report({ message: 'enabled', at: directive, data: { setting: directive.name.value }, fix });
        },
        ...optionOf('Compression', (directive) =>
          report({ message: 'enabled', at: directive, data: { setting: 'Options Compression' } }),
        ),
      },
    };
  },
});
