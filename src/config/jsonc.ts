/** Reads JSON with comments, as config files may have them. */

/** Text that is no JSON, and where it stops being it. */
export class JsonError extends Error {
  /** In UTF-16 code units. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Comments may stand wherever white space may. Throws {@link JsonError}, whose message quotes no more than a character. */
export function parseJsonc(text: string): unknown {
  const json = withoutComments(text);
  try {
    return JSON.parse(json);
  } catch (error) {
    const message = (error as Error).message;
    const known = /at position (\d+)/.exec(message)?.[1];
    const said = message.split('\n')[0]!.replace(/ in JSON at position.*|, (?:\.\.\.)?".*/, '');
    throw new JsonError(said, known === undefined ? endOfJson(json) : Number(known));
  }
}

/** A string is passed over as a whole, so that what looks like a comment in it stays. */
const stringOrComment = /"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/g;

/** As long as the text, with the line breaks where they were. */
function withoutComments(text: string): string {
  return text
    .replace(/^\uFEFF/, ' ')
    .replace(stringOrComment, (found) =>
      found.startsWith('"') || isUnclosed(found) ? found : found.replace(/[^\n]/g, ' '),
    );
}

function isUnclosed(found: string): boolean {
  return found.startsWith('/*') && (found.length < '/**/'.length || !found.endsWith('*/'));
}

/** Where a text stops being the beginning of JSON, for errors that do not say it. */
function endOfJson(json: string): number {
  let good = 0;
  let bad = json.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isBeginning(json.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isBeginning(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const at = /at position (\d+)/.exec(message)?.[1];
    return at === undefined
      ? message.includes('end of JSON')
      : Number(at) >= json.length || message.startsWith('Unterminated');
  }
}
