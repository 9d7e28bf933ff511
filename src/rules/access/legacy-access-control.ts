import type { Edit } from '../finding.ts';
import { headerOf, type Directive } from '../../syntax/tree.ts';
import { deletion } from '../../edits/lines.ts';
import { indentOf } from '../../text/words.ts';
import { legacyAccess } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { legacyGroups, requireLines, type AccessGroup } from '../../servers/apache/meaning/access-compat.ts';
import { isMixed } from './_openings.ts';

export default defineRule({
  meta: {
    summary: 'Access control in the form of httpd 2.2',
    why: '"Order", "Allow", "Deny" and "Satisfy" are obsolete since httpd 2.4 and work only with mod_access_compat loaded; together with "Require" they surprise, because a client must pass both.',
    how: 'Say who may come in with "Require", and remove the old directives everywhere at once.',
    whenOff: 'As long as the config has to serve httpd 2.2 as well.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: legacyAccess },
    references: [
      'https://httpd.apache.org/docs/2.4/upgrading.html#access',
      'https://httpd.apache.org/docs/2.4/mod/mod_access_compat.html',
    ],
    fixable: 'unsafe',
  },
  messages: {
    legacy: '"{{name}}" is the access control of httpd 2.2.',
    replaceable: '"{{name}}" is the access control of httpd 2.2. Write "{{replacement}}" instead.',
  },
  check: ({ config, targets, report }) => ({
    start() {
      for (const group of legacyGroups(config, targets)) {
        if (isMixed(group)) continue;
        const [first, ...rest] = group.legacy as [Directive, ...Directive[]];
        const lines = requireLines(group);
        const related = rest.map((directive) => ({ at: directive, message: 'belongs to it' }));
        const name = first.name.value;
        if (!lines) report({ message: 'legacy', at: first, data: { name }, related });
        else {
          report({
            message: 'replaceable',
            at: first,
            data: { name, replacement: lines.map((line) => line.trim()).join('", "') },
            related,
            fix: { title: 'Write it with "Require"', edits: editsFor(group, lines) },
          });
        }
      }
    },
  }),
});

/** Puts the new lines in place of the first directive and deletes the lines of the others. */
function editsFor({ legacy }: AccessGroup, lines: readonly string[]): Edit[] {
  const [first, ...rest] = legacy as [Directive, ...Directive[]];
  const place = headerOf(first);
  const indent = indentOf(first);
  const replacement: Edit = { place, text: lines.join(`\n${indent}`) };
  return [replacement, ...rest.map(deletion)];
}
