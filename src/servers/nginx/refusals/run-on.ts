/** A directive whose `;` is missing takes the words of the next line for its own arguments. */
import type { Place } from '../../../text/source.ts';
import { placeIn, type Directive, type Word } from '../../../syntax/tree.ts';
import { takesCount, type Definition, type Entries } from './definitions.ts';
import { isFlag } from '../meaning/values.ts';

export interface RunOn {
  /** The two directives as they were meant. */
  readonly first: Directive;
  readonly second: Directive;
  /** Where the `;` belongs. */
  readonly previousEnd: number;
  /** The number of words or the block alone makes nginx refuse it. */
  readonly isRefused: boolean;
  /** Where nginx notices something, and what it says. */
  readonly noticed: Place;
  readonly complaint: string;
}

/** Words in which a break is looked for: longer lists are none of directives, and the search is not linear. */
const maxWords = 100;

/**
 * @returns the break if a word on a new line is the name of a directive that may stand here and could begin there;
 * where nginx would accept the words as arguments too, only if the part before is a complete directive
 */
export function findRunOn(
  directive: Directive,
  definition: Definition,
  mask: number,
  entries: Entries,
): RunOn | undefined {
  const { args, name, parent } = directive;
  const { text } = parent.file;
  // Not on to the end of the line: it may be one of thousands of directives.
  if (definition.facts.block || !text.slice(name.end, args.at(-1)!.start).includes('\n')) return undefined;
  const isRefused = directive.block !== undefined || !takesCount(definition, args.length);
  let previous: Word = name;
  for (const [index, word] of args.slice(0, maxWords).entries()) {
    const isOnNewLine = word.quote === '' && text.slice(previous.end, word.start).includes('\n');
    if (
      isOnNewLine &&
      (isRefused || takesCount(definition, index)) &&
      beginsDirective(directive, index, mask, entries)
    ) {
      return split(directive, index, previous, isRefused);
    }
    previous = word;
  }
  return undefined;
}

function beginsDirective({ args, block, parent }: Directive, index: number, mask: number, entries: Entries): boolean {
  const { definitions } = entries(args[index]!.value);
  const candidate = definitions.find((definition) => definition.mask & mask);
  if (!candidate) return false;
  const rest = args.slice(index + 1);
  const broken = rest.findIndex((word) => parent.file.text.slice(args[index]!.end, word.start).includes('\n'));
  const line = broken === -1 ? rest : rest.slice(0, broken);
  const isWhole = line.length === rest.length;
  if (!takesCount(candidate, rest.length) && (isWhole || !takesCount(candidate, line.length))) return false;
  if (isWhole && candidate.facts.block !== (block !== undefined)) return false;
  return candidate.facts.value.kind !== 'flag' || isFlag(line[0]?.value ?? '');
}

function split(directive: Directive, index: number, previous: Word, isRefused: boolean): RunOn {
  const { args, block, key, terminator } = directive;
  const name = args[index]!;
  const second: Directive = { ...directive, start: name.start, name, key: name.value, args: args.slice(index + 1) };
  const first: Directive = {
    ...directive,
    end: previous.end,
    args: args.slice(0, index),
    block: undefined,
    terminator: 'none',
  };
  const isUnended = terminator === 'none';
  const place = block?.open ?? (isUnended ? name : { start: directive.end - 1, end: directive.end });
  const complaint = block
    ? `nginx reads on to this "{" and says: directive "${key}" is not terminated by ";"`
    : `nginx reads the words up to here as arguments of "${key}"`;
  return { first, second, previousEnd: previous.end, isRefused, noticed: placeIn(directive, place), complaint };
}
