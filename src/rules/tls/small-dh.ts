import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Diffie-Hellman parameters of 1024 bits or less, by the name of their file',
    why: 'Groups of 1024 bits are within reach of states, those of 512 bits of anybody (Logjam, CVE-2015-4000).',
    how: {
      nginx:
        'Remove the file: without it nginx offers no DHE, and ECDHE needs none. Or make parameters of 2048 bits or more.',
      apache:
        'Remove the file: without it Apache takes a group that fits the certificate. Or make parameters of 2048 bits or more.',
    },
    whenOff: 'Where the file holds longer parameters than its name says.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['ssl_dhparam'], apache: ['sslopensslconfcmd'] },
    references: [
      'https://weakdh.org/',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_dhparam',
      'https://www.rfc-editor.org/rfc/rfc9325#section-4.5',
    ],
  },
  messages: {
    small: 'By its name, "{{file}}" holds Diffie-Hellman parameters of {{bits}} bits; use 2048 or more.',
    ignored:
      'By its name, "{{file}}" holds Diffie-Hellman parameters of {{bits}} bits, which httpd uses before 2.4.47 and ignores since.',
  },
  check({ targets: { apache: httpd }, report }) {
    function check(directive: Directive, word: Word | undefined, message: 'small' | 'ignored' = 'small'): void {
      const bits = /(?<!\d)(512|768|1024)(?!\d)/.exec(word?.value.split('/').at(-1) ?? '')?.[1];
      if (!word || !bits) return;
      const doubt = message === 'ignored' && ({ severity: 'info', confidence: 'low' } as const);
      report({ message, at: placeIn(directive, word), data: { file: word.value, bits }, ...doubt });
    }

    return {
      directives: {
        ssl_dhparam: (directive) => check(directive, directive.args[0]),
        sslopensslconfcmd(directive) {
          if (directive.args[0]?.value.toLowerCase() !== 'dhparameters') return;
          if (!httpd) check(directive, directive.args[1], 'ignored');
          // Newer ones let OpenSSL choose the group, which overrides the setting.
          else if (isBefore(httpd, '2.4.47')) check(directive, directive.args[1]);
        },
      },
    };
  },
});
