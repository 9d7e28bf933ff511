import type { Directive } from '../../ir/syntax.ts';
import { defineRule } from '../define-rule.ts';
import { allIsSeen, variablesRead } from './_uses.ts';

export default defineRule({
  meta: {
    summary: 'A map, geo or split_clients whose variable is never read',
    why: 'It has no effect: what it was meant for was renamed or removed, or its name is misspelt.',
    how: 'Remove it, or read its variable where it was meant to be read.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
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
        const read = variablesRead(config);
        for (const directive of makers) {
          const word = directive.key === 'geo' ? directive.args.at(-1) : directive.args[1];
          const name = /^\$\{?(\w+)\}?$/.exec(word?.value ?? '')?.[1];
          if (name === undefined || read.has(name.toLowerCase())) continue;
          report({ message: 'unused', at: directive, data: { name: `$${name}`, directive: directive.name.value } });
        }
      },
    };
  },
});
