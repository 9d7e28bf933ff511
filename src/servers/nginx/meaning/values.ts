/** Values as nginx reads them: `ngx_parse.c`, `ngx_string.c` (`ngx_atoi`). Not a number where nginx refuses the text. */

/** One above the largest signed 64-bit number. */
const tooLarge = 2 ** 63;

/** A number of digits only. */
export function parseNumber(text: string): number {
  return digits(text, text.length);
}

function digits(text: string, length: number): number {
  if (length === 0) return Number.NaN;
  let value = 0;
  for (let at = 0; at < length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value >= tooLarge ? Number.NaN : value;
}

/** Bytes: digits with `k` or `m`, and `g` where the directive reads an offset (`ngx_parse_offset`). */
export function parseSize(text: string, isOffset = false): number {
  const last = text.length - 1;
  const scale = sizeScale(text.charCodeAt(last), isOffset);
  const value = digits(text, scale === 1 ? text.length : last) * scale;
  return value >= tooLarge ? Number.NaN : value;
}

function sizeScale(unit: number, isOffset: boolean): number {
  switch (unit | 32) {
    case 0x6b:
      return 1024;
    case 0x6d:
      return 1024 ** 2;
    case 0x67:
      return isOffset ? 1024 ** 3 : 1;
    default:
      return 1;
  }
}

const units: readonly (readonly [letter: string, seconds: number])[] = [
  ['y', 31_536_000],
  ['M', 2_592_000],
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];
const secondsStep = 6;
const millisecondsStep = 7;

/** Milliseconds, or seconds with `isSeconds`, which knows years but no `ms`. Units go from large to small, each once. */
export function parseTime(text: string, isSeconds = false): number {
  let step = isSeconds ? -1 : 1;
  let total = 0;
  let value = 0;
  let isValid = false;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      isValid = true;
      at++;
      continue;
    }
    let next = unitStep(text, at);
    if (next < 0 || (next === millisecondsStep && isSeconds)) return Number.NaN;
    if (step >= next || (text[at] === ' ' && step >= secondsStep)) return Number.NaN;
    const seconds = next === millisecondsStep ? 0.001 : units[next]![1];
    at += next === millisecondsStep ? 2 : 1;
    if (text[at - 1] === ' ') next = millisecondsStep + 1;
    total += value * seconds * (isSeconds ? 1 : 1000);
    value = 0;
    step = next;
    while (text[at] === ' ') at++;
  }
  total += value * (isSeconds ? 1 : 1000);
  return isValid && total < tooLarge ? total : Number.NaN;
}

/** A space after a number stands for seconds. */
function unitStep(text: string, at: number): number {
  if (text[at] === 'm' && text[at + 1] === 's') return millisecondsStep;
  if (text[at] === ' ') return secondsStep;
  return units.findIndex(([letter]) => letter === text[at]);
}

/** `on` and `off` in any case. */
export function isFlag(text: string): boolean {
  return text.length < 4 && /^o(n|ff)$/i.test(text);
}

/** Whether the text holds a variable, so that its value is known at run time only. */
export function hasVariable(text: string): boolean {
  return text.includes('$');
}

/** A text with `${name}` as `$name`, where nothing behind it would join the name: one spelling to compare with. */
export function bareVariables(text: string): string {
  return text.replace(/\$\{(\w+)\}(?!\w)/g, '$$$1');
}
