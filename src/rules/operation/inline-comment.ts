import { apacheDirective } from '../../servers/apache/facts/index.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { commentOnItsOwn } from '../../edits/lines.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A comment behind a directive, whose words the server takes for arguments',
    why: 'In httpd a comment needs a line of its own. Directives with a list of arguments take "#" and each word behind it for more of them: names of hosts, of files, of users who may log in.',
    how: 'Put the comment on the line before.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: [/#/] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/configuring.html#syntax'],
  },
  messages: { argument: '"{{comment}}" is no comment here: "{{name}}" takes each of its words for an argument.' },
  check({ report }) {
    function check(directive: Directive): void {
      const { name, args } = directive;
      if (args.length < 2) return;
      const comment = args.slice(1).find(({ quote, value }) => quote === '' && value.startsWith('#'));
      if (!comment || !takesList(directive)) return;
      const place = placeIn(directive, { start: comment.start, end: args.at(-1)!.end });
      report({
        message: 'argument',
        at: place,
        data: { comment: place.file.text.slice(place.start, place.end), name: name.value },
        fix: { title: 'Put the comment on a line of its own', edits: commentOnItsOwn(directive, comment) },
      });
    }

    return { directives: { '*': check } };
  },
});

/** In these a "#" may be meant: patterns, values, names of files that an editor leaves. */
const free = /^(?:setenvif|browsermatch|setenv|define|indexignore$)/;

/** They split their line into a list themselves. */
const rawLists = new Set(['accessfilename', 'directoryindex', 'mdomain', 'mdmember', 'serveralias', 'userdir']);

/** Lists without an end; where the number of arguments is fixed, or the values are looked at, the server refuses the words. */
function takesList({ key, args, block }: Directive): boolean {
  if (block || free.test(key)) return false;
  if (key === 'require') return /^(?:user|group|host|env)$/i.test(args[0]?.value ?? '');
  return rawLists.has(key) || (apacheDirective(key)?.args.kind?.startsWith('ITERATE') ?? false);
}
