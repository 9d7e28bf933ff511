import { flagList } from '../../servers/apache/meaning/rewrite.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { wordTable } from '../../text/word-table.ts';

export default defineRule({
  meta: {
    summary: 'An option or flag that switches a protection of mod_rewrite off',
    why: 'httpd refuses what made rewrite rules exploitable: requests that are no path, substitutions that begin with text of the client, encoded question marks. Each of these switches brings one of the weaknesses back.',
    how: 'Remove it. Begin patterns with "^/" and substitutions with fixed text, so that the rule does not need it.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteoptions',
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_unsafe_allow_3f',
    ],
  },
  messages: { unsafe: '"{{name}}" {{effect}}.' },
  check({ report }) {
    function say(directive: Directive, word: Word, key: string): void {
      const effect = effects[key.toLowerCase()];
      if (effect === undefined) return;
      const name = new RegExp(key, 'i').exec(word.value)?.[0] ?? key;
      report({ message: 'unsafe', at: placeIn(directive, word), data: { name, effect } });
    }

    return {
      directives: {
        rewriteoptions: (directive) => directive.args.forEach((word) => say(directive, word, word.value)),
        rewriterule(directive) {
          const word = directive.args[2];
          if (word) for (const [name] of flagList(word.value)) say(directive, word, name);
        },
      },
    };
  },
});

/** In lower case, as flags are read. */
const effects: Readonly<Record<string, string>> = wordTable({
  allowanyuri:
    'hands the rules requests that do not begin with a slash, so that "(.*)" may hold a host (CVE-2011-3368)',
  unsafeallow3f: 'lets an encoded question mark of the client become the query of the new URL (CVE-2024-38474)',
  unsafeprefixstat:
    'lets a substitution that begins with text of the client name any file of the machine (CVE-2024-38475)',
});
