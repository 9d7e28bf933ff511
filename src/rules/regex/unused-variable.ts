import { builtinSource } from '../../servers/nginx/facts/variable-sources.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { allIsSeen, unreadVariables } from './_uses.ts';

export default defineRule({
  meta: {
    summary: 'A variable that is set and never read',
    why: 'It has no effect: what it was meant for was renamed or removed, or its name is misspelt.',
    how: 'Remove the "set", or read the variable where it was meant to be read.',
    whenOff: 'Where a file or module that proxylint does not see reads it.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['set', 'auth_request_set'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#set'],
  },
  messages: { unused: 'The variable "{{name}}" is set here and read nowhere.' },
  check({ config, report }) {
    const sets: Directive[] = [];
    const visit = (directive: Directive): void => void sets.push(directive);
    return {
      directives: { set: visit, auth_request_set: visit },
      end() {
        if (sets.length === 0 || !allIsSeen(config)) return;
        const unread = new Set(unreadVariables(config, sets.map(nameOf)));
        for (const directive of sets) {
          const name = nameOf(directive);
          // Setting one of nginx's own, such as $limit_rate, has an effect by itself.
          if (!unread.delete(name) || builtinSource(name) || !/^\w+$/.test(name)) continue;
          report({ message: 'unused', at: directive, data: { name: `$${name}` } });
        }
      },
    };
  },
});

function nameOf({ args }: Directive): string {
  return args[0]?.value.replace(/^\$\{?(\w+)\}?$/, '$1').toLowerCase() ?? '';
}
