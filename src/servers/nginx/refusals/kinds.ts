/** Plain values, by the kind that the facts give: the setters `ngx_conf_set_*_slot`. */
import type { NginxDirective } from '../facts/types.ts';
import { placeIn, type Word } from '../../../syntax/tree.ts';
import { listWords } from './contexts.ts';
import { addPath } from './paths.ts';
import { refuseChoice, refuseForm } from './refuse.ts';
import type { NginxCheck } from './run.ts';
import { hasVariable, isFlag, parseNumber, parseSize, parseTime } from '../meaning/values.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';

/** Undefined where a setter of its own reads the value. */
export function kindCheck({ value, variables }: NginxDirective): NginxCheck | undefined {
  switch (value.kind) {
    case 'flag':
      return flag;
    case 'number':
      return numberWithin(value.bounds);
    case 'size':
      return single('a size such as "10m" or "64k"', variables, (text) => parseSize(text));
    case 'offset':
      return single('a size such as "10m", "64k" or "1g"', variables, (text) => parseSize(text, true));
    case 'milliseconds':
      return single('a time such as "30s", "500ms" or "1h"', variables, (text) => parseTime(text));
    case 'seconds':
      return single('a time such as "30s", "10m" or "1h"', variables, (text) => parseTime(text, true));
    case 'buffers':
      return buffers;
    case 'access':
      return access;
    case 'path':
      return pathLevels;
    case 'enum':
      return oneOf(value.values);
    case 'bitmask':
      return someOf(value.values);
    default:
      return undefined;
  }
}

const flag: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  if (isFlag(word.value) || isPlaceholder(word.value)) return;
  const data = { name: directive.key, value: word.value };
  run.refusals.report({ rule: 'invalid-value', message: 'flag', at: placeIn(directive, word), data });
};

function single(expected: string, variables: boolean, parse: (text: string) => number): NginxCheck {
  return (directive, run) => {
    const word = directive.args[0]!;
    if (!Number.isNaN(parse(word.value)) || (variables && hasVariable(word.value))) return;
    refuseForm(run, directive, word, expected);
  };
}

function numberWithin(bounds: readonly [number, number] | undefined): NginxCheck {
  if (!bounds) return single('a whole number', false, parseNumber);
  const [low, high] = bounds;
  const isWithin = (value: number): boolean => value >= low && (high === -1 || value <= high);
  return single(high === -1 ? `a number from ${low} up` : `a number from ${low} to ${high}`, false, (text) => {
    const value = parseNumber(text);
    return isWithin(value) ? value : Number.NaN;
  });
}

const buffers: NginxCheck = (directive, run) => {
  const [count, size] = directive.args as readonly [Word, Word];
  if (!(parseNumber(count.value) > 0)) refuseForm(run, directive, count, 'a number of buffers above 0');
  if (!(parseSize(size.value) > 0)) refuseForm(run, directive, size, 'a size such as "8k"');
};

/** `ngx_conf_set_access_slot`. */
const access: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    if (!/^(?:user|group|all):(?:r|w|rw)$/.test(word.value)) {
      refuseForm(run, directive, word, '"user", "group" or "all" with ":r", ":w" or ":rw"');
    }
  }
};

/** `ngx_conf_set_path_slot`: a path, then up to three levels of directories. */
const pathLevels: NginxCheck = (directive, run) => {
  const levels = directive.args.slice(1);
  for (const word of levels) {
    if (!(parseNumber(word.value) > 0)) refuseForm(run, directive, word, 'a number of characters above 0');
  }
  addPath(
    run,
    directive,
    false,
    levels.map(({ value }) => value),
  );
};

function oneOf(values: readonly string[]): NginxCheck {
  const known = new Set(values.map((value) => value.toLowerCase()));
  const allowed = listWords(values.map((value) => `"${value}"`));
  return (directive, run) => {
    for (const word of directive.args) {
      if (known.has(word.value) || known.has(word.value.toLowerCase())) continue;
      refuseChoice(run, directive, word, allowed);
    }
  };
}

/** `ngx_conf_set_bitmask_slot`, which warns of a value that stands there twice. */
function someOf(values: readonly string[]): NginxCheck {
  const known = oneOf(values);
  return (directive, run) => {
    known(directive, run);
    const { args } = directive;
    if (args.length < 2) return;
    const seen = new Set<string>();
    for (const word of args) {
      const value = word.value.toLowerCase();
      if (seen.has(value)) {
        const data = { name: word.value };
        const at = placeIn(directive, word);
        run.refusals.report({ rule: 'duplicate-directive', message: 'value', at, data, severity: 'warning' });
      }
      seen.add(value);
    }
  };
}
