/** Expressions of `<If>`, `Require expr`, `expr=` and `RewriteCond expr` (manual: expr.html; server/util_expr_parse.y). */
import { giveUp } from '../../../model/unknown.ts';
import { callFunction } from './expr-functions.ts';
import { binary, unary, type Condition, type Run, type Text } from './expr-operators.ts';
import { tokenize, type Part, type Token } from './expr-tokens.ts';
import { regexOf, type Request } from './state.ts';
import { requestVariable } from './variables.ts';

export interface Evaluated {
  readonly value: boolean;
  readonly captures: readonly (string | undefined)[];
}

/** Throws `UnknownAnswer` for what cannot be read or known. */
export function evaluateExpression(request: Request, source: string): Evaluated {
  const parser = new Parser(source, tokenize(source));
  const condition = parser.whole();
  const run: Run = { request, captures: [] };
  return { value: condition(run), captures: run.captures };
}

export function evaluateCondition(request: Request, source: string): boolean {
  return evaluateExpression(request, source).value;
}

/** A text with `%{NAME}` and `%{function:argument}` in it. */
export function evaluateText(request: Request, source: string): string {
  return joined(splitText(source))({ request, captures: [] });
}

function splitText(source: string): Part[] {
  const [token] = tokenize(`"${source.replace(/["\\]/g, '\\$&')}"`);
  return token?.kind === 'string' ? [...token.parts] : [];
}

function joined(parts: readonly Part[]): Text {
  return (run) => parts.map((part) => partText(run, part)).join('');
}

function partText(run: Run, part: Part): string {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'capture':
      return run.captures[part.index] ?? '';
    case 'variable':
      return requestVariable(run.request, part.name) ?? '';
    case 'function':
      return callFunction(run.request, part.name, part.argument);
  }
}

/** Parentheses in parentheses that are followed. */
const maxDepth = 200;

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Parentheses that are open. */
  #depth = 0;

  constructor(source: string, tokens: readonly Token[]) {
    this.#source = source;
    this.#tokens = tokens;
  }

  whole(): Condition {
    const condition = this.#or();
    if (this.#at < this.#tokens.length) this.#fail();
    return condition;
  }

  #fail(): never {
    return giveUp(`The expression "${this.#source}" is beyond this tracer.`);
  }

  #operator(...texts: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'operator' || !texts.includes(token.text)) return undefined;
    this.#at++;
    return token.text;
  }

  #or(): Condition {
    const parts = [this.#and()];
    while (this.#operator('||')) parts.push(this.#and());
    return parts.length === 1 ? parts[0]! : (run) => parts.some((part) => part(run));
  }

  #and(): Condition {
    const parts = [this.#not()];
    while (this.#operator('&&')) parts.push(this.#not());
    return parts.length === 1 ? parts[0]! : (run) => parts.every((part) => part(run));
  }

  #not(): Condition {
    let negated = false;
    while (this.#operator('!')) negated = !negated;
    const inner = this.#operand();
    return negated ? (run) => !inner(run) : inner;
  }

  #operand(): Condition {
    if (!this.#operator('(')) return this.#comparison();
    this.#enter();
    const inner = this.#or();
    if (!this.#operator(')')) this.#fail();
    this.#depth--;
    return inner;
  }

  #enter(): void {
    if (++this.#depth > maxDepth) this.#fail();
  }

  #comparison(): Condition {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'word' && (token.text === 'true' || token.text === 'false')) {
      this.#at++;
      return () => token.text === 'true';
    }
    if (token?.kind === 'option') {
      this.#at++;
      return unary(token.text, this.#text(), () => this.#fail());
    }
    const left = this.#text();
    const operator = this.#tokens[this.#at++];
    if (operator?.kind === 'operator' && (operator.text === '=~' || operator.text === '!~'))
      return this.#match(left, operator.text === '!~');
    const name = operator?.kind === 'operator' || operator?.kind === 'word' ? operator.text : undefined;
    const option = operator?.kind === 'option' ? operator.text : name;
    if (option === 'in') return this.#membership(left);
    return (option === undefined ? undefined : binary(option, left, this.#text())) ?? this.#fail();
  }

  #match(left: Text, negated: boolean): Condition {
    const token = this.#tokens[this.#at++];
    if (token?.kind !== 'regex') return this.#fail();
    return (run) => {
      const match = regexOf(token.pattern, token.flags.includes('i')).exec(left(run));
      if (match) run.captures = match;
      return (match !== null) !== negated;
    };
  }

  #membership(left: Text): Condition {
    if (!this.#operator('{')) this.#fail();
    const items = [this.#text()];
    while (this.#operator(',')) items.push(this.#text());
    if (!this.#operator('}')) this.#fail();
    return (run) => {
      const text = left(run);
      return items.some((item) => item(run) === text);
    };
  }

  /** Words joined by dots. */
  #text(): Text {
    const pieces = [this.#piece()];
    while (this.#operator('.')) pieces.push(this.#piece());
    return pieces.length === 1 ? pieces[0]! : (run) => pieces.map((piece) => piece(run)).join('');
  }

  #piece(): Text {
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'string') return joined(token.parts);
    if (token?.kind !== 'word') return this.#fail();
    if (/^\d+$/.test(token.text)) return () => token.text;
    if (!this.#operator('(')) this.#fail();
    this.#enter();
    const argument = this.#text();
    if (!this.#operator(')')) this.#fail();
    this.#depth--;
    return (run) => callFunction(run.request, token.text, argument(run));
  }
}
