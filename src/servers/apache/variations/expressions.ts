/** The comparisons in an expression of httpd (`<If>`, `Require expr`). */
import { UnknownAnswer } from '../../../model/unknown.ts';
import { clientTraits, type Trait } from '../../../model/variation.ts';
import { expandedNetwork } from '../trace/client.ts';
import { tokenize, type Token } from '../trace/expr-tokens.ts';
import { traitsOf, headerOf } from './traits.ts';

/** Empty for what is beyond the tokenizer, too. */
export function expressionTraits(text: string): readonly Trait[] {
  const tokens = tokensOf(text);
  return tokens.flatMap((token, at) => {
    const name = nameAt(tokens, at);
    if (name !== undefined) return compared(name, tokens, at);
    if (token.kind !== 'option') return [];
    const text = literalOf(tokens[at + 1]);
    return text !== undefined && /^(?:R|ipmatch)$/.test(token.text) ? clientTraits(expandedNetwork(text)) : [];
  });
}

function tokensOf(text: string): readonly Token[] {
  try {
    return tokenize(text);
  } catch (error) {
    if (error instanceof UnknownAnswer) return [];
    throw error;
  }
}

/** `%{NAME}`, `%{req:Name}` as a string of its own, or the closing parenthesis of `req('Name')`. */
function nameAt(tokens: readonly Token[], at: number): string | undefined {
  const token = tokens[at];
  if (token?.kind === 'string') {
    const [part, ...others] = token.parts;
    if (!part || others.length > 0) return undefined;
    if (part.kind === 'variable') return part.name;
    return part.kind === 'function' ? `${part.name}:${part.argument}` : undefined;
  }
  const [name, open, argument] = tokens.slice(Math.max(0, at - 3), at);
  if (!isOperator(token, ')') || !isOperator(open, '(') || name?.kind !== 'word') return undefined;
  const text = literalOf(argument);
  return text === undefined ? undefined : `${name.text}:${text}`;
}

function isOperator(token: Token | undefined, text: string): boolean {
  return token?.kind === 'operator' && token.text === text;
}

function literalOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'word') return token.text;
  if (token?.kind !== 'string') return undefined;
  const [part, ...others] = token.parts;
  if (!part) return '';
  return part.kind === 'literal' && others.length === 0 ? part.text : undefined;
}

/** What stands behind the variable decides; without a comparison any value of a header. */
function compared(name: string, tokens: readonly Token[], at: number): readonly Trait[] {
  const [operator, other] = tokens.slice(at + 1, at + 3);
  if (other?.kind === 'regex') return traitsOf({ name, value: other.pattern, isPattern: true });
  const isOption = operator?.kind === 'option';
  if (isOption || operator?.kind === 'operator' || operator?.kind === 'word') {
    const values =
      operator.kind === 'operator' && !/^(?:[=!<>]=?)$/.test(operator.text) ? [] : literalsFrom(tokens, at + 2);
    const network = isOption && operator.text.endsWith('match') ? values.flatMap((text) => clientTraits(text)) : [];
    if (values.length > 0)
      return [...network, ...values.flatMap((value) => traitsOf({ name, value, isPattern: false }))];
  }
  return headerOf(name) === undefined ? [] : traitsOf({ name, value: 'value', isPattern: false });
}

/** One literal, or those of `{'a', 'b'}`. */
function literalsFrom(tokens: readonly Token[], at: number): readonly string[] {
  if (!isOperator(tokens[at], '{')) return literalOf(tokens[at]) === undefined ? [] : [literalOf(tokens[at])!];
  const end = tokens.findIndex((token, index) => index > at && isOperator(token, '}'));
  return tokens.slice(at + 1, end === -1 ? undefined : end).flatMap((token) => literalOf(token) ?? []);
}
