import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The address of a network without its mask',
    why: 'An address without a mask is that one address. The number that ends in ".0" names the network as a rule, which no machine has: the line lets in, keeps out or trusts nobody.',
    how: 'Write the mask: "192.168.1.0/24".',
    whenOff: 'Where the one address is meant, although it ends like that of a network: `/32` says so, too.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_access_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_authz_host.html#reqip',
    ],
  },
  messages: {
    single: '"{{address}}" is a single address, as no mask follows it; a network is written "{{network}}".',
  },
  check({ report }) {
    function check(directive: Directive, words: readonly Word[]): void {
      for (const word of words) {
        const zeros = /^\d{1,3}(?:\.\d{1,3}){0,2}?((?:\.0){1,3})$/.exec(word.value)?.[1];
        if (!zeros || word.value === '0.0.0.0' || word.value.split('.').length !== 4) continue;
        const network = `${word.value}/${32 - 4 * zeros.length}`;
        report({ message: 'single', at: placeIn(directive, word), data: { address: word.value, network } });
      }
    }

    const all = (directive: Directive): void => check(directive, directive.args);
    const behind = (keyword: RegExp) => (directive: Directive) => {
      const at = directive.args.findIndex(({ value }) => keyword.test(value));
      if (at !== -1) check(directive, directive.args.slice(at + 1));
    };
    const list = (directive: Directive): void =>
      (directive.args[0] && /^from$/i.test(directive.args[0].value) ? behind(/^from$/i) : all)(directive);
    return {
      directives: {
        allow: list,
        deny: list,
        set_real_ip_from: all,
        require: behind(/^ip$/i),
        remoteipinternalproxy: all,
        remoteiptrustedproxy: all,
      },
    };
  },
});
