import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { allIsSeen, unreadVariables } from './_uses.ts';

export default defineRule({
  meta: {
    summary: 'A map, geo or split_clients whose variable is never read',
    why: 'It has no effect: what it was meant for was renamed or removed, or its name is misspelt.',
    how: 'Remove it, or read its variable where it was meant to be read.',
    whenOff: 'Where a file that proxylint does not see reads the variable.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['map', 'geo', 'split_clients'] },
    references: ['https://nginx.org/en/docs/http/ngx_http_map_module.html#map'],
  },
  messages: { unused: 'The variable "{{name}}" that this "{{directive}}" makes is read nowhere.' },
  check({ config, report }) {
    const makers: Directive[] = [];
    const visit = (directive: Directive): void => void makers.push(directive);
    return {
      directives: { map: visit, geo: visit, split_clients: visit },
      end() {
        if (makers.length === 0 || !allIsSeen(config)) return;
        const unread = unreadVariables(
          config,
          makers.map((directive) => nameOf(directive).toLowerCase()),
        );
        for (const directive of makers) {
          const name = nameOf(directive);
          if (name === '' || !unread.has(name.toLowerCase())) continue;
          report({ message: 'unused', at: directive, data: { name: `$${name}`, directive: directive.name.value } });
        }
      },
    };
  },
});

/** Without `$`; empty where it is none. */
function nameOf({ key, args }: Directive): string {
  const word = key === 'geo' ? args.at(-1) : args[1];
  return /^\$\{?(\w+)\}?$/.exec(word?.value ?? '')?.[1] ?? '';
}
