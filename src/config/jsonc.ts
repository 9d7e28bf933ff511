/** Reads JSON with comments and trailing commas, as config files may have them. */
import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { wordTable } from '../text/word-table.ts';

/** Text that is no JSON, and where it stops being it. */
export class JsonError extends Error {
  /** In UTF-16 code units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A key that is written twice means that one of both is not looked at. Throws {@link JsonError}, whose message quotes no more than a key. */
export function parseJsonc(text: string): unknown {
  const errors: ParseError[] = [];
  const tree = parsed(text, errors);
  const [error] = errors;
  if (error) throw new JsonError(messages[printParseErrorCode(error.error)] ?? 'unexpected text', error.offset);
  if (!tree) throw new JsonError('nothing in it', 0);
  return valueOf(tree);
}

function parsed(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  } catch (error) {
    if (error instanceof RangeError) throw new JsonError('nested too deeply', 0);
    throw error;
  }
}

const messages = wordTable<Record<string, string>>({
  InvalidSymbol: 'unexpected word; texts stand in double quotes',
  InvalidNumberFormat: 'not a number',
  PropertyNameExpected: 'a key in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: '":" is expected',
  CommaExpected: '"," is expected',
  CloseBraceExpected: '"}" is expected',
  CloseBracketExpected: '"]" is expected',
  EndOfFileExpected: 'nothing more is expected',
  UnexpectedEndOfComment: 'a comment does not end',
  UnexpectedEndOfString: 'a text does not end on its line',
  UnexpectedEndOfNumber: 'a number does not end',
  InvalidUnicode: 'no such character',
  InvalidEscapeCharacter: 'no such escape',
  InvalidCharacter: 'a control character in a text',
});

/** Not by the library, for which a key `__proto__` is no key. */
function valueOf(node: Node): unknown {
  const { type, children = [], value } = node;
  if (type === 'array') return children.map(valueOf);
  if (type !== 'object') return value;
  const entries = new Map<string, unknown>();
  for (const { offset, children: pair = [] } of children) {
    const [key, content] = pair;
    if (!key || !content) continue;
    const name = String(key.value);
    if (entries.has(name)) throw new JsonError(`the key "${name}" is there twice`, offset);
    entries.set(name, valueOf(content));
  }
  return Object.fromEntries(entries);
}
