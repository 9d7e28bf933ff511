import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOn, wordOf } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A name is looked up in the DNS for each request',
    why: 'Every request waits for the answer of a name server, and who controls the reverse zone chooses what is logged.',
    how: 'Write "HostnameLookups Off", the default, and let logresolve find the names in the logs; "UseCanonicalName Off" or "On".',
    severity: 'info',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'pedantic',
    fixable: 'unsafe',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/core.html#hostnamelookups',
      'https://httpd.apache.org/docs/2.4/mod/core.html#usecanonicalname',
    ],
  },
  messages: { lookup: '"{{name}} {{value}}" asks the DNS at each request.' },
  check({ report }) {
    function check(asks: (directive: Directive) => boolean): (directive: Directive) => void {
      return (directive) => {
        const [word] = directive.args;
        if (!word || !asks(directive)) return;
        const place = placeIn(directive, word);
        const data = { name: directive.name.value, value: word.value };
        report({
          message: 'lookup',
          at: directive,
          data,
          fix: { title: 'Do without the DNS', edits: [{ place, text: 'Off' }] },
        });
      };
    }

    return {
      directives: {
        hostnamelookups: check((directive) => isOn(directive) || wordOf(directive) === 'double'),
        usecanonicalname: check((directive) => wordOf(directive) === 'dns'),
      },
    };
  },
});
