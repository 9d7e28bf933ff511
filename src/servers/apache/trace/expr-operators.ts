/** Operators of expressions (server/util_expr_eval.c). */
import { contains, parseNetwork } from '../../../model/network.ts';
import { giveUp } from '../../../model/unknown.ts';
import { fnmatch } from '../../../text/fnmatch.ts';
import type { Request } from './state.ts';
import { clientAddress } from './variables.ts';
import { wordTable } from '../../../text/word-table.ts';

export interface Run {
  readonly request: Request;
  /** Of the last regular expression that matched. */
  captures: readonly (string | undefined)[];
}

export type Condition = (run: Run) => boolean;
export type Text = (run: Run) => string;

/** `-n text` and the like. */
export function unary(option: string, text: Text, fail: () => never): Condition {
  switch (option) {
    case 'n':
      return (run) => text(run) !== '';
    case 'z':
      return (run) => text(run) === '';
    case 'T':
      return (run) => !/^(?:0|off|false|no|)$/i.test(text(run));
    case 'R':
      return (run) => inNetwork(clientAddress(run.request, '-R'), text(run));
    case 'd':
    case 'e':
    case 'f':
      return (run) => {
        const path = text(run);
        const kind =
          run.request.setting.files(path) ?? giveUp(`Whether "${path}" exists is not known before the request runs.`);
        return option === 'e' ? kind !== 'missing' : kind === (option === 'd' ? 'directory' : 'file');
      };
    default:
      return fail();
  }
}

function inNetwork(address: string, network: string): boolean {
  const [of, client] = [parseNetwork(network), parseNetwork(address)];
  return of !== undefined && client !== undefined && contains(of, client);
}

/** By the order or difference of two values; undefined: no operator of that name. */
export function compareNumbers(operator: string, difference: number): boolean | undefined {
  switch (operator) {
    case 'eq':
      return difference === 0;
    case 'ne':
      return difference !== 0;
    case 'lt':
      return difference < 0;
    case 'le':
      return difference <= 0;
    case 'gt':
      return difference > 0;
    case 'ge':
      return difference >= 0;
    default:
      return undefined;
  }
}

const signs: Readonly<Record<string, string>> = wordTable({
  '==': 'eq',
  '=': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
});

/** Undefined: no operator of that name. */
export function binary(operator: string, left: Text, right: Text): Condition | undefined {
  const sign = signs[operator];
  if (sign) {
    return (run) => {
      const [a, b] = [left(run), right(run)];
      return compareNumbers(sign, a < b ? -1 : a > b ? 1 : 0) === true;
    };
  }
  if (compareNumbers(operator, 0) !== undefined)
    return (run) => compareNumbers(operator, toInteger(left(run)) - toInteger(right(run))) === true;
  switch (operator) {
    case 'ipmatch':
      return (run) => inNetwork(left(run), right(run));
    case 'strmatch':
      return (run) => fnmatch(right(run), left(run));
    case 'strcmatch':
      return (run) => fnmatch(right(run).toLowerCase(), left(run).toLowerCase());
    case 'fnmatch':
      return (run) => fnmatch(right(run), left(run), { pathname: true });
    default:
      return undefined;
  }
}

/** `atoi`. */
export function toInteger(text: string): number {
  return Number(/^\s*([+-]?\d+)/.exec(text)?.[1] ?? 0);
}
