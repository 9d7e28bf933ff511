import type { Directive } from '../../syntax/tree.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';

const messages = { empty: 'The block of "{{name}}" is empty and has no effect.' } as const;

export default defineRule({
  meta: {
    summary: 'A block without directives, which has no effect',
    why: 'Somebody meant to write something here, or forgot to remove what is left.',
    how: 'Fill the block or remove it.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if'],
  },
  messages,
  check: {
    nginx: (context) => hooksFor(keys.nginx, context),
    apache: (context) => hooksFor(keys.apache, context),
  },
});

function hooksFor(names: readonly string[], { report }: RuleContext<typeof messages>): Visitor {
  const check = (directive: Directive): void => {
    const { block, name } = directive;
    if (!block?.open || !block.close || block.directives.length > 0) return;
    // A comment may say why, or hold what can be switched on.
    if (block.file.text.slice(block.open.end, block.close.start).trim() !== '') return;
    report({ message: 'empty', at: directive, data: { name: name.value } });
  };
  return { directives: Object.fromEntries(names.map((key) => [key, check])) };
}

/** Blocks that do nothing when empty; an empty location, server or types block does. */
const keys = {
  nginx: ['if', 'map', 'limit_except'],
  apache: [
    'directory',
    'directorymatch',
    'files',
    'filesmatch',
    'location',
    'locationmatch',
    'proxy',
    'proxymatch',
    'if',
    'ifmodule',
    'ifdefine',
    'ifversion',
    'limit',
    'limitexcept',
  ],
} as const;
