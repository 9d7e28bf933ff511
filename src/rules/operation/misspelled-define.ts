import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { isSibling, Suggestions } from '../../text/suggest.ts';
import { walk } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A ${NAME} that nothing defines, though a Define has nearly the same name',
    why: 'httpd only warns about an undefined variable and leaves the text as it stands, so a path or a name holds "${NAME}".',
    how: 'Use the name of the Define; a variable of the environment that is meant should not resemble one.',
    whenOff: 'Where the environment of the server sets the variable.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['define'] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/core.html#define'],
  },
  messages: { misspelled: 'Nothing defines the variable "{{name}}"; did you mean "{{nearest}}"?' },
  check({ config, report }) {
    const suggestions = new Suggestions();

    function check(directive: Directive, word: Word, defined: ReadonlySet<string>): void {
      for (const [text, name] of word.value.matchAll(/\$\{(\w+)\}/g)) {
        const nearest =
          defined.has(name!) || fromOutside.test(name!) ? undefined : suggestions.for(name!, () => defined);
        const offset = word.raw.indexOf(text);
        if (nearest === undefined || offset === -1 || isSibling(name!, nearest)) continue;
        const start = word.start + offset;
        const place = placeIn(directive, { start, end: start + text.length });
        const fix = { title: `Write "\${${nearest}}"`, edits: [{ place, text: `\${${nearest}}` }] };
        report({ message: 'misspelled', at: place, data: { name: name!, nearest }, fix });
      }
    }

    return {
      start() {
        const defined = new Set<string>();
        walk(config.file.root, ({ key, args }) => {
          if (key === 'define' && args[0]) defined.add(args[0].value);
        });
        if (defined.size === 0) return;
        walk(config.file.root, (directive) => directive.args.forEach((word) => check(directive, word, defined)));
      },
    };
  },
});

/** What Debian's envvars and its kin hand to the server. */
const fromOutside = /^APACHE_/;
