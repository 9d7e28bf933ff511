import { defineRule } from '../define-rule.ts';
import { sslhConfig, stringIn, stringOf } from '../../servers/sslh/meaning/entries.ts';

export default defineRule({
  meta: {
    summary: 'The entry that "on-timeout" names does not exist',
    why: 'A client that says nothing gets the entry of that name, and without a word the first entry if there is none.',
    how: 'Name an entry of "protocols".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: {
    missing:
      'No entry of "protocols" is named "{{target}}", so silent clients get the first entry, "{{first}}". The entries are {{names}}.',
  },
  check: (context) => ({
    start() {
      const { main, protocols, incomplete } = sslhConfig(context);
      const setting = main.settings.get('on-timeout');
      const target = stringOf(setting);
      if (!setting || target === undefined || main.open || incomplete || protocols.length === 0) return;
      const names = protocols.map((entry) => stringIn(entry, 'name'));
      // An entry whose name could not be read may be the one.
      if (names.includes(undefined) || names.includes(target)) return;
      const data = { target, first: names[0]!, names: [...new Set(names)].join(', ') };
      context.report({ message: 'missing', at: setting, data });
    },
  }),
});
