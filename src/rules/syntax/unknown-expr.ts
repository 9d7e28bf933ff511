import { pcreFault } from '../../regex/fault.ts';
import { unknown } from '../../model/model.ts';
import { placeIn, type Directive, type ReadExpression, type Word } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { ApacheSections, forEachBlock } from '../../servers/apache/meaning/section-kinds.ts';

interface Expression {
  readonly text: string;
  readonly kind: Parameters<ReadExpression>[1];
  readonly word: Word;
}

export default defineRule({
  meta: {
    summary: 'An expression of Apache that cannot be read',
    why: 'The server refuses the whole configuration.',
    how: 'Put the whole expression in quotes, strings in it in the other kind of quotes, and variables as %{NAME}.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/expr.html'],
  },
  messages: {
    stopped: 'The expression "{{text}}" cannot be read at "{{found}}".',
    incomplete: 'The expression "{{text}}" ends too early.',
    regex: 'The regular expression "{{pattern}}" in an expression has a {{fault}}.',
  },
  check: ({ config, targets, report }) => {
    const { readExpression } = config.file;
    if (!readExpression || (targets.apache && isBefore(targets.apache, '2.4'))) return {};
    const sections = new ApacheSections(config, targets);

    function check(directive: Directive, { text, kind, word }: Expression): void {
      if (sections.environment.text(word) !== word.value) return;
      const at = placeIn(directive, word);
      const { fault, regexes } = readExpression!(text, kind);
      if (fault) {
        if (fault.found === '') report({ message: 'incomplete', at, data: { text } });
        else report({ message: 'stopped', at, data: { text, found: fault.found } });
        return;
      }
      for (const pattern of regexes) {
        const reason = pcreFault(pattern);
        if (reason) report({ message: 'regex', at, data: { pattern, fault: reason } });
      }
    }

    return {
      start() {
        forEachBlock(config, sections, (block, certain) => {
          if (!certain) return;
          for (const directive of block.directives) {
            const isKnown = directive.args.every((word) => sections.environment.text(word) !== unknown);
            if (isKnown) for (const expression of expressionsOf(directive)) check(directive, expression);
          }
        });
      },
    };
  },
});

/** The expressions that a directive holds, by the way in which the server takes them out of its arguments. */
function expressionsOf({ key, args, parent }: Directive): Expression[] {
  const [first, second] = args;
  switch (key) {
    case 'if':
    case 'elseif':
    case 'setenvifexpr':
      return first ? [condition(first)] : [];
    case 'rewritecond':
      return first && second && /^expr$/i.test(first.value) ? [condition(second)] : [];
    case 'require': {
      const at = /^not$/i.test(first?.value ?? '') ? 1 : 0;
      const word = args[at + 1];
      if (args[at]?.value !== 'expr' || !word) return [];
      // The rest of the line is the expression, without quotes around all of it.
      const text = parent.file.text
        .slice(word.start, args.at(-1)!.end)
        .replaceAll(/\\\r?\n/g, '')
        .replace(/^"([^]*)"$/, '$1');
      return [{ text, kind: 'condition', word }];
    }
    case 'filterprovider':
      return args[2] ? [condition(args[2])] : [];
    case 'header':
    case 'requestheader':
      return headerExpressions(args);
    default:
      return [];
  }
}

function condition(word: Word): Expression {
  return { text: word.value, kind: 'condition', word };
}

/** `Header set name expr=text expr=condition`: the value is text, the last word a condition. */
function headerExpressions(args: readonly Word[]): Expression[] {
  const prefix = 'expr=';
  const action = args.findIndex(({ value }) =>
    /^(?:set|setifempty|add|append|merge|note|unset|echo|edit\*?)$/i.test(value),
  );
  const kind = args[action]?.value.toLowerCase() ?? '';
  const value = kind.startsWith('edit') ? action + 3 : kind === 'unset' || kind === 'echo' ? -1 : action + 2;
  return args.flatMap((word, index) => {
    if (index < action + 2 || !word.value.toLowerCase().startsWith(prefix)) return [];
    if (kind.startsWith('edit') && index === action + 2) return [];
    return [
      {
        text: word.value.slice(prefix.length),
        kind: index === value ? ('string' as const) : ('condition' as const),
        word,
      },
    ];
  });
}
