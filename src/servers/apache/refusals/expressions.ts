/** Judges the expressions in arguments as `ap_expr_parse` of `server/util_expr_eval.c` does. */
import { formatVersion, isBefore, type Version } from '../../../model/versions.ts';
import { pcreFault } from '../../../regex/fault.ts';
import { placeIn, type Directive, type ExpressionUse, type ReadExpression } from '../../../syntax/tree.ts';
import type { Place } from '../../../text/source.ts';
import { editDistance } from '../../../text/suggest.ts';
import { expressionNamesOf, findExpressionName, isNameOfModule, type ExpressionKind } from '../facts/expressions.ts';
import type { Around } from './around.ts';
import { expressionsOf, type Expression } from './expression-places.ts';
import { isIP } from './ip.ts';
import type { Refusal } from './refusal.ts';

type ExpressionRefusal = Refusal<'unknown-expr'>;

const nouns: Readonly<Record<ExpressionKind, string>> = {
  variable: 'variable',
  function: 'function',
  list: 'function that gives a list',
  unary: 'operator',
  binary: 'operator',
};

/** What expressions are judged by. */
export interface ExpressionReader {
  readonly read: ReadExpression | undefined;
  readonly target: Version | undefined;
  /** Modules are loaded that nobody knows here: they may bring names. */
  readonly open: boolean;
}

export function judgeExpressions(
  directive: Directive,
  around: Around,
  reader: ExpressionReader,
): ExpressionRefusal | undefined {
  for (const expression of expressionsOf(directive, around)) {
    const found = judge(expression, placeIn(directive, expression.word), reader);
    if (found) return found;
  }
  return undefined;
}

function judge({ text, kind }: Expression, at: Place, reader: ExpressionReader): ExpressionRefusal | undefined {
  // A string may be empty, a condition not.
  if (text === '' && kind === 'string') return undefined;
  const reading = reader.read?.(text, kind);
  if (!reading) return undefined;
  const common = { rule: 'unknown-expr', at } as const;
  const { fault, regexes, uses } = reading;
  if (fault) {
    return fault.found === ''
      ? { ...common, message: 'incomplete', data: { text } }
      : { ...common, message: 'stopped', data: { text, found: fault.found } };
  }
  for (const pattern of regexes) {
    const reason = pcreFault(pattern);
    if (reason !== undefined) return { ...common, message: 'regex', data: { pattern, fault: reason } };
  }
  for (const use of uses) {
    const found = judgeUse(use, at, reader);
    if (found) return found;
  }
  return undefined;
}

function judgeUse(use: ExpressionUse, at: Place, { target, open }: ExpressionReader): ExpressionRefusal | undefined {
  const common = { rule: 'unknown-expr', at } as const;
  const known = findExpressionName(use.kind, use.name);
  const name = use.kind === 'unary' || use.kind === 'binary' ? `-${use.name}` : use.name;
  const noun = nouns[use.kind];
  if (known) {
    if (known.since !== undefined && target && isBefore(target, known.since)) {
      const data = { noun, name, version: known.since, target: formatVersion(target) };
      return { ...common, message: 'newer', data };
    }
    return takesNetwork(use) && !isIP(use.argument ?? '')
      ? { ...common, message: 'network', data: { name } }
      : undefined;
  }
  if (isNameOfModule(use.kind, use.name)) return undefined;
  const meant = nearest(use);
  if (meant !== undefined) return { ...common, message: 'misspelled', data: { noun, name, meant } };
  return open ? undefined : { ...common, message: 'name', data: { noun, name } };
}

function takesNetwork({ kind, name }: ExpressionUse): boolean {
  return (kind === 'unary' && name === 'R') || (kind === 'binary' && /^ipmatch$/i.test(name));
}

function nearest({ kind, name }: ExpressionUse): string | undefined {
  if (name.length < 4) return undefined;
  const lower = name.toLowerCase();
  return expressionNamesOf(kind).find((each) => editDistance(each.name.toLowerCase(), lower, 1) === 1)?.name;
}
