import type { Edit } from '../finding.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { groupsWord, namedGroups } from './_groups.ts';

/** Post-quantum groups by lower-cased name, with the release of OpenSSL that brought them. */
const newGroups: ReadonlyMap<string, string> = new Map(
  ['X25519MLKEM768', 'SecP256r1MLKEM768', 'SecP384r1MLKEM1024', 'MLKEM512', 'MLKEM768', 'MLKEM1024'].map((name) => [
    name.toLowerCase(),
    '3.5',
  ]),
);
/** Drafts, which no release of OpenSSL has. */
const draft = /kyber/i;

export default defineRule({
  meta: {
    summary: 'A key exchange group that older versions of OpenSSL do not know',
    why: 'One name that the library does not know makes it refuse the whole list: the server does not start.',
    how: 'Leave the list to the library ("auto"), or mark the new group with "?" (OpenSSL 3.3 and later): "?X25519MLKEM768:X25519:prime256v1".',
    whenOff: 'Where every server that loads the config has an OpenSSL that knows the group.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://docs.openssl.org/master/man3/SSL_CTX_set1_curves/',
      'https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_ecdh_curve',
    ],
  },
  messages: {
    newGroup:
      '"{{group}}" needs OpenSSL {{version}}; an older library refuses the whole list, and the server does not start.',
    draft: '"{{group}}" is the name of a draft that no release of OpenSSL knows; the final one is "X25519MLKEM768".',
  },
  check({ report }) {
    function check(directive: Directive): void {
      const word = groupsWord(directive);
      if (!word) return;
      for (const { name, isOptional } of namedGroups(directive)) {
        const version = newGroups.get(name.toLowerCase());
        if (isOptional || !(version || draft.test(name))) continue;
        const at = placeIn(directive, word);
        if (!version) {
          report({ message: 'draft', at, data: { group: name } });
          continue;
        }
        const fix = { title: 'Mark the group as optional', edits: [markOptional(directive, word, name)] };
        // Which library the server has is not known.
        report({ message: 'newGroup', at, severity: 'info', data: { group: name, version }, fix });
      }
    }

    return { directives: { ssl_ecdh_curve: check, ssl_conf_command: check, sslopensslconfcmd: check } };
  },
});

function markOptional(directive: Directive, word: Word, name: string): Edit {
  const start = word.start + word.raw.indexOf(name);
  return { place: placeIn(directive, { start, end: start }), text: '?' };
}
