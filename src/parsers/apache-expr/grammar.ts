import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import {
  allTokens,
  and,
  comma,
  comparison,
  concatenation,
  constant,
  digits,
  doubleQuote,
  endQuote,
  functionColon,
  identifier,
  inList,
  leftBrace,
  leftParen,
  matches,
  not,
  or,
  reference,
  regex,
  rightBrace,
  rightParen,
  singleQuote,
  text,
  unary,
  variable,
  variableEnd,
} from './tokens.ts';

/**
 * The grammar of server/util_expr_parse.y, its ambiguities resolved by the precedence that is declared there: `or` below `and` below
 * `not`. It only recognizes; `regexes` are the tokens that the server compiles.
 */
export class ExpressionParser extends EmbeddedActionsParser {
  regexes: IToken[] = [];

  constructor() {
    super(allTokens, { maxLookahead: 1, recoveryEnabled: false });
    this.performSelfAnalysis();
  }

  readonly condition = this.RULE('condition', () => {
    this.SUBRULE(this.#conjunction);
    this.MANY(() => {
      this.CONSUME(or);
      this.SUBRULE2(this.#conjunction);
    });
  });

  /** A whole text with variables in it, as in `Header set x expr=...`. */
  readonly string = this.RULE('string', () => {
    this.AT_LEAST_ONE(() => this.SUBRULE(this.#part));
  });

  readonly #conjunction = this.RULE('conjunction', () => {
    this.SUBRULE(this.#negation);
    this.MANY(() => {
      this.CONSUME(and);
      this.SUBRULE2(this.#negation);
    });
  });

  readonly #negation = this.RULE('negation', () => {
    this.MANY(() => this.CONSUME(not));
    this.SUBRULE(this.#primary);
  });

  readonly #primary = this.RULE('primary', () => {
    this.OR([
      { ALT: () => this.CONSUME(constant) },
      {
        ALT: () => {
          this.CONSUME(unary);
          this.SUBRULE(this.#word);
        },
      },
      {
        ALT: () => {
          this.CONSUME(leftParen);
          this.SUBRULE(this.condition);
          this.CONSUME(rightParen);
        },
      },
      { ALT: () => this.SUBRULE(this.#comparison) },
    ]);
  });

  readonly #comparison = this.RULE('comparison', () => {
    this.SUBRULE(this.#word);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(comparison);
          this.SUBRULE2(this.#word);
        },
      },
      {
        ALT: () => {
          this.CONSUME(inList);
          this.SUBRULE(this.#list);
        },
      },
      {
        ALT: () => {
          this.CONSUME(matches);
          const pattern = this.CONSUME(regex);
          this.ACTION(() => this.regexes.push(pattern));
        },
      },
    ]);
  });

  readonly #list = this.RULE('list', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.#call) },
      {
        ALT: () => {
          this.CONSUME(leftBrace);
          this.AT_LEAST_ONE_SEP({ SEP: comma, DEF: () => this.SUBRULE(this.#word) });
          this.CONSUME(rightBrace);
        },
      },
    ]);
  });

  readonly #word = this.RULE('word', () => {
    this.AT_LEAST_ONE_SEP({ SEP: concatenation, DEF: () => this.SUBRULE(this.#atom) });
  });

  readonly #atom = this.RULE('atom', () => {
    this.OR([
      { ALT: () => this.CONSUME(digits) },
      { ALT: () => this.SUBRULE(this.#variable) },
      { ALT: () => this.CONSUME(reference) },
      { ALT: () => this.SUBRULE(this.#call) },
      { ALT: () => this.SUBRULE(this.#quoted) },
    ]);
  });

  readonly #call = this.RULE('call', () => {
    this.CONSUME(identifier);
    this.CONSUME(leftParen);
    this.SUBRULE(this.#word);
    this.CONSUME(rightParen);
  });

  readonly #quoted = this.RULE('quoted', () => {
    this.OR([{ ALT: () => this.CONSUME(doubleQuote) }, { ALT: () => this.CONSUME(singleQuote) }]);
    this.MANY(() => this.SUBRULE(this.#part));
    this.CONSUME(endQuote);
  });

  readonly #part = this.RULE('part', () => {
    this.OR([
      { ALT: () => this.CONSUME(text) },
      { ALT: () => this.CONSUME(reference) },
      { ALT: () => this.SUBRULE(this.#variable) },
    ]);
  });

  readonly #variable = this.RULE('variable', () => {
    this.CONSUME(variable);
    this.CONSUME(identifier);
    this.OPTION(() => {
      this.CONSUME(functionColon);
      this.AT_LEAST_ONE(() => this.SUBRULE(this.#part));
    });
    this.CONSUME(variableEnd);
  });
}
