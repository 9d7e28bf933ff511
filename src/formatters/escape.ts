/**
 * What a terminal or a viewer could act on instead of showing it: controls (C0, C1), format characters (bidirectional
 * controls, zero-width characters, tags), line and paragraph separators, unpaired surrogates.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Shows what cannot be seen as `\x1b` or `\u{202e}`, so that no config text reaches a terminal raw. */
export function escapeControls(text: string): string {
  return text.replace(unsafe, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    const code = character.codePointAt(0)!.toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
  });
}

/**
 * What the runners of workflows take from a log as a command to them: `##[error]` (GitHub, anywhere in a line) and its kin of Azure
 * Pipelines and TeamCity, `##vso[`, `##teamcity[`.
 */
const bracketCommand = /#(?=#\w*\[)/g;
/** `::error::` and its kin at the head of a line, white space before it or not. */
const headCommand = /^([^\S\n]*):(?=:[^\n]*::)/gm;

export function disarmBrackets(text: string): string {
  return text.replace(bracketCommand, '\\x23');
}

/** The whole of an output with nothing in it that a runner of workflows acts on. */
export function disarmCommands(output: string): string {
  return disarmBrackets(output).replace(headCommand, '$1\\x3a');
}

/** JSON text (one from `JSON.stringify`) with the same content, in which such characters are written as `\\u202e`. */
export function escapeJson(json: string): string {
  return json
    .replace(unsafe, (character) => (character === '\n' ? '\n' : character.replace(/[^]/g, unicodeEscape)))
    .replace(bracketCommand, unicodeEscape);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
