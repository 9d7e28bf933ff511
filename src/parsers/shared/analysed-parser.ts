/** A parser of Chevrotain that does not analyse its grammar at each start of the program. */
import { EmbeddedActionsParser, EOF, type IToken, type TokenType } from 'chevrotain';
import { isShipped } from './shipped.ts';

/**
 * What Chevrotain's analysis found: by the key of a choice in the grammar, a character for each type of token that may come next, and for
 * the end at last. The index of an alternative, or whether to go on (`t`, `f`); `-`: nothing fits.
 */
export type Decisions = Readonly<Record<string, string>>;

type Choose = (this: Internals) => unknown;

/** The parts of Chevrotain's parser that its analysis fills, and that are no part of its interface. */
interface Internals {
  selfAnalysisDone: boolean;
  input: IToken[];
  LA_FAST(howMuch: number): IToken;
  readonly lookAheadFuncsCache: Map<number, Choose>;
}

export class AnalysedParser extends EmbeddedActionsParser {
  readonly #tokenTypes: readonly TokenType[];

  constructor(tokenTypes: TokenType[]) {
    super(tokenTypes, { recoveryEnabled: false, maxLookahead: 1, skipValidations: isShipped });
    this.#tokenTypes = tokenTypes;
  }

  /** In place of `performSelfAnalysis`; the tests let Chevrotain do it, and compare. */
  protected analyse(decisions: Decisions): void {
    if (!isShipped) {
      this.performSelfAnalysis();
      return;
    }
    const parser = this as unknown as Internals;
    for (const [key, row] of Object.entries(decisions)) {
      const chosen: (number | boolean | undefined)[] = [];
      for (const [index, type] of this.#tokenTypesToTheEnd.entries()) chosen[type.tokenTypeIdx!] = decode(row[index]!);
      parser.lookAheadFuncsCache.set(Number(key), function () {
        return chosen[this.LA_FAST(1).tokenTypeIdx];
      });
    }
    parser.selfAnalysisDone = true;
    makeFast(this);
  }

  /** Applies a rule of the grammar to tokens, of which none is kept: there may be hundreds of thousands. */
  run(rule: () => void, tokens: IToken[]): void {
    this.input = tokens;
    rule();
    const { errors } = this;
    this.input = [];
    this.errors = errors;
  }

  /** What the analysis of Chevrotain decides. Only where it has been done. */
  get decisions(): Decisions {
    const { lookAheadFuncsCache } = this as unknown as Internals;
    const rows = [...lookAheadFuncsCache].map(([key, choose]) => [key, this.#rowOf(choose)] as const);
    return Object.fromEntries(rows) as Decisions;
  }

  #rowOf(choose: Choose): string {
    const parser = this as unknown as Internals;
    const row = this.#tokenTypesToTheEnd.map((tokenType) => {
      parser.input = [{ image: '', startOffset: 0, tokenType, tokenTypeIdx: tokenType.tokenTypeIdx! }];
      return encode(choose.call(parser));
    });
    return row.join('');
  }

  get #tokenTypesToTheEnd(): TokenType[] {
    return [...this.#tokenTypes, EOF];
  }
}

function encode(choice: unknown): string {
  if (choice === undefined) return '-';
  const encoded = typeof choice === 'boolean' ? String(choice)[0]! : String(choice);
  if (encoded.length > 1) throw new Error(`the choice ${encoded} has no character`);
  return encoded;
}

function decode(encoded: string): number | boolean | undefined {
  if (encoded === '-') return undefined;
  return encoded === 't' || (encoded === 'f' ? false : Number(encoded));
}

/** V8 makes the properties of what is a prototype fast to read; as Chevrotain does it. */
function makeFast(object: object): void {
  const child: unknown = Object.create(object);
  for (let time = 0; time < 2; time++) void (child as { readonly any?: unknown }).any;
}
