import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'One variable written in different cases',
    why: 'nginx knows variables by their lower-cased names, so "$Name" and "$name" are one and the same: it reads as if they were two.',
    how: 'Write the name the same way everywhere, best in lower case.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/varindex.html'],
  },
  messages: { mixed: 'The variable "{{name}}" is the one that is written "{{first}}" elsewhere.' },
  check({ report }) {
    const spellings = new Map<string, { readonly text: string; readonly directive: Directive }>();
    const told = new Set<string>();
    return {
      directives: {
        '*': (directive) => {
          for (const word of directive.args) {
            if (!word.value.includes('$') && !word.value.includes('(?')) continue;
            for (const match of word.value.matchAll(mention)) {
              const text = match[1] ?? match[2];
              const first = spellings.get(text!.toLowerCase());
              if (!first) spellings.set(text!.toLowerCase(), { text: text!, directive });
              else if (first.text !== text && !told.has(text!)) {
                told.add(text!);
                const related = [{ at: first.directive, message: 'the other spelling' }];
                report({
                  message: 'mixed',
                  at: placeIn(directive, word),
                  data: { name: `$${text}`, first: `$${first.text}` },
                  related,
                });
              }
            }
          }
        },
      },
    };
  },
});

/** A variable, or the name of a group, which makes one. */
const mention = /\$\{?([a-z_]\w*)|\(\?P?<([a-z_]\w*)>/gi;
