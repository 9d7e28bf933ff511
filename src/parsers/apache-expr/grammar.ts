import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import type { ExpressionUse } from '../../syntax/tree.ts';
import {
  allTokens,
  and,
  binary,
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
 * `not`. It only recognizes; `regexes` are the tokens that the server compiles,
 * `uses` the names that it looks up. Words give their text if they are constant strings.
 */
export class ExpressionParser extends EmbeddedActionsParser {
  regexes: IToken[] = [];
  uses: ExpressionUse[] = [];

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
          const operator = this.CONSUME(unary);
          const argument = this.SUBRULE(this.#word);
          this.#use('unary', operator, argument);
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
          const operator = this.CONSUME(comparison);
          const argument = this.SUBRULE2(this.#word);
          this.ACTION(() => {
            if (operator.tokenType === binary) this.#use('binary', operator, argument);
          });
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
      { ALT: () => this.SUBRULE(this.#call, { ARGS: ['list'] }) },
      {
        ALT: () => {
          this.CONSUME(leftBrace);
          this.AT_LEAST_ONE_SEP({ SEP: comma, DEF: () => this.SUBRULE(this.#word) });
          this.CONSUME(rightBrace);
        },
      },
    ]);
  });

  readonly #word = this.RULE('word', (): string | undefined => {
    const texts: (string | undefined)[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: concatenation, DEF: () => texts.push(this.SUBRULE(this.#atom)) });
    return texts.length === 1 ? texts[0] : undefined;
  });

  readonly #atom = this.RULE('atom', (): string | undefined =>
    this.OR<string | undefined>([
      { ALT: () => void this.CONSUME(digits) },
      { ALT: () => void this.SUBRULE(this.#variable) },
      { ALT: () => void this.CONSUME(reference) },
      { ALT: () => void this.SUBRULE(this.#call, { ARGS: ['function'] }) },
      { ALT: () => this.SUBRULE(this.#quoted) },
    ]),
  );

  readonly #call = this.RULE('call', (kind: 'function' | 'list') => {
    const name = this.CONSUME(identifier);
    this.CONSUME(leftParen);
    const argument = this.SUBRULE(this.#word);
    this.CONSUME(rightParen);
    this.#use(kind, name, argument);
  });

  readonly #quoted = this.RULE('quoted', (): string | undefined => {
    let constant: string | undefined = '';
    this.OR([{ ALT: () => this.CONSUME(doubleQuote) }, { ALT: () => this.CONSUME(singleQuote) }]);
    this.MANY(() => {
      const part = this.SUBRULE(this.#part);
      constant = constant === undefined || part === undefined ? undefined : constant + part;
    });
    this.CONSUME(endQuote);
    return constant;
  });

  readonly #part = this.RULE('part', (): string | undefined =>
    this.OR<string | undefined>([
      { ALT: () => this.CONSUME(text).image },
      { ALT: () => void this.CONSUME(reference) },
      { ALT: () => void this.SUBRULE(this.#variable) },
    ]),
  );

  readonly #variable = this.RULE('variable', () => {
    this.CONSUME(variable);
    const name = this.CONSUME(identifier);
    let kind: 'variable' | 'function' = 'variable';
    this.OPTION(() => {
      this.CONSUME(functionColon);
      this.AT_LEAST_ONE(() => this.SUBRULE(this.#part));
      kind = 'function';
    });
    this.CONSUME(variableEnd);
    this.#use(kind, name, undefined);
  });

  #use(kind: ExpressionUse['kind'], { image }: IToken, argument: string | undefined): void {
    this.ACTION(() => this.uses.push({ kind, name: image.replace(/^-/, ''), argument }));
  }
}
