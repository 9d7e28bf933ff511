/** The refusals of values, in the words of `invalid-value`. */
import { isSibling, suggest } from '../../../text/suggest.ts';
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';
import type { Severity } from '../../diagnostic.ts';
import type { Run } from './run.ts';

/** Reports a value that is not of the form that the directive needs. `expected` completes "is not ...". */
export function refuseForm(
  run: Run,
  directive: Directive,
  word: Word,
  expected: string,
  severity: Severity = 'error',
): void {
  if (isPlaceholder(word.value)) return;
  run.refusals.report({
    rule: 'invalid-value',
    message: 'form',
    at: placeIn(directive, word),
    data: { name: directive.key, value: word.value, expected },
    severity,
  });
}

/** Reports a value that is none of those that the directive knows. */
export function refuseChoice(run: Run, directive: Directive, word: Word, allowed: string): void {
  if (isPlaceholder(word.value)) return;
  run.refusals.report({
    rule: 'invalid-value',
    message: 'choice',
    at: placeIn(directive, word),
    data: { name: directive.key, value: word.value, allowed },
  });
}

/** Reports a parameter (`name=value` or a word) that the directive does not know. */
export function refuseParameter(run: Run, directive: Directive, word: Word, known: string): void {
  if (isPlaceholder(word.value)) return;
  const at = placeIn(directive, word);
  const written = /^[^=]*=?/.exec(word.value)![0];
  const suggestion = suggest(
    written,
    [...known.matchAll(/"([^"]+)"/g)].map((match) => match[1]!),
  );
  const data = { name: directive.key, value: word.value };
  if (suggestion === undefined || isSibling(written, suggestion))
    run.refusals.report({ rule: 'invalid-value', message: 'parameter', at, data: { ...data, known } });
  else run.refusals.report({ rule: 'invalid-value', message: 'misspelled', at, data: { ...data, suggestion } });
}

/** Reports a directive that lacks something which the server demands. */
export function refuseLack(run: Run, directive: Directive, lack: string): void {
  run.refusals.report({ rule: 'invalid-value', message: 'lacks', at: directive, data: { name: directive.key, lack } });
}

/** Refuses the first argument unless it passes the test. */
export function firstArgument(
  expected: string,
  accepts: (text: string) => boolean,
): (directive: Directive, run: Run) => void {
  return (directive, run) => {
    const word = directive.args[0]!;
    if (!accepts(word.value)) refuseForm(run, directive, word, expected);
  };
}
