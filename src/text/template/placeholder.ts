/** What stands in a text for what is put in its place before, or while, the server reads it. */
const first = 0xe0_00;
const count = 0x18_00;
/** Stands for the brace of `${`, whose first character is not the one of `{{`. */
const variableMark = 1;
/** The same for `%{`. */
const percentMark = 2;
/** Added to the characters behind the `$` of a variable without braces, as of a shell. */
const plainVariable = 0x10_00;
const masked = /\$[\uE000-\uF7FF]+/g;

/** A value that is known at run time only, as a variable is; different tags make different ones. */
export function placeholderFor(tag: string): string {
  const isVariable = tag.startsWith('${');
  const mark = isVariable ? variableMark : tag.startsWith('%{') ? percentMark : undefined;
  let text = mark === undefined ? '$' : `$${String.fromCharCode(first + mark)}`;
  const shift = tag.startsWith('$') && !isVariable ? plainVariable : 0;
  for (let at = text.length; at < tag.length; at++)
    text += String.fromCharCode(first + Math.min(shift + tag.charCodeAt(at), count - 1));
  return text;
}

/** Whether a text of the code holds what the tag of a template stands for, in a file that was read as one. */
export function isTemplated(text: string): boolean {
  return /[\uE000-\uF7FF]/.test(text);
}

/** Marks of templates in a file that was not read as one: Jinja, ERB, `@NAME@`, `%%NAME%%`, `__NAME`. */
const mark = /\{\{|\{%|<%|@[A-Z][A-Z0-9_]*@|%%\w+%%|__[A-Z]/;

/** Few words have one of these. */
const mayBeMark = /[{<@%_\uE000-\uF7FF]/;

/** Whether a text holds what something puts in before the server reads it; a server may have more signs, and variables of its own. */
export function hasTemplateMark(text: string): boolean {
  return mayBeMark.test(text) && (isTemplated(text) || mark.test(text));
}

/** Whether nothing is known of how a text ends: a template puts its end in. */
export function endsInPlaceholder(text: string): boolean {
  return /(?:[\uE000-\uF7FF]|\}\}|%>|\w%|@)$/.test(text) && hasTemplateMark(text);
}

/** Whether a host, an address or a list of words holds a sign that they never have: of a variable, or of what somebody is to fill in. */
export function isFilledIn(text: string): boolean {
  return isTemplated(text) || /[${}<>%@]|__[A-Za-z]/.test(text);
}

/** A text of the code as it is written in the template. */
export function asWritten(text: string): string {
  return text.replace(masked, (found) => {
    const codes = Array.from(found.slice(1), (char) => char.charCodeAt(0) - first);
    if (codes.every((code) => code >= plainVariable && code < plainVariable + 0x80))
      return `$${String.fromCharCode(...codes.map((code) => code - plainVariable))}`;
    const rest = String.fromCharCode(...codes);
    if (codes[0] === variableMark || codes[0] === percentMark)
      return `${codes[0] === percentMark ? '%' : '$'}{${rest.slice(1)}${rest.endsWith('}') ? '' : '}'}`;
    const [begin, end] = delimitersOf(rest);
    // Where it stands for directives, a semicolon took the place of its last character.
    return begin + rest + (rest.endsWith(end) ? '' : end.slice(-1));
  });
}

/** By what follows the first character of a tag. */
function delimitersOf(rest: string): readonly [begin: string, end: string] {
  if (rest.startsWith('%')) return rest.startsWith('%=') || rest.endsWith('>') ? ['<', '%>'] : ['{', '%}'];
  if (rest.startsWith('@')) return ['@', '@@'];
  if (rest.endsWith('>')) return ['<', '>'];
  if (rest.endsWith(']')) return ['[', ']'];
  if (rest.endsWith('%')) return ['%', '%'];
  if (rest.startsWith('-')) return ['-', '--'];
  return ['{', rest.startsWith('{') ? '}}' : '}'];
}
