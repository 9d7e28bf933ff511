/** With which characters a match at the beginning of a text can begin. */
import { parseRegex, type RegexNode } from './parse.ts';
import { translatePcre } from './pcre.ts';

/** False: what the pattern matches surely stands at the beginning of the text and begins with another character. Undefined: it may not. */
export function beginsWith(pattern: string, character: string): boolean | undefined {
  const translation = translatePcre(pattern);
  const parsed = translation && parseRegex(translation.source);
  if (!parsed) return undefined;
  const items = itemsOf(parsed.root);
  const [anchor, first] = items;
  if (anchor?.kind !== 'assertion' || anchor.what !== 'start' || translation.flags.includes('m')) return undefined;
  const sets = first && firstSets(first);
  const flags = translation.flags.includes('i') ? 'i' : '';
  return sets?.some((set) => new RegExp(`^(?:${set})$`, flags).test(character));
}

function itemsOf(node: RegexNode): readonly RegexNode[] {
  return node.kind === 'sequence' ? node.items : [node];
}

/** Of one of these sets the first character must be; undefined where it may be none of a set. Patterns nest as deep as PCRE allows, at most. */
function firstSets(node: RegexNode): readonly string[] | undefined {
  switch (node.kind) {
    case 'set':
      return [node.source];
    case 'capture':
      return firstSets(node.item);
    case 'sequence':
      return node.items[0] && firstSets(node.items[0]);
    case 'repeat':
      return node.range.least > 0 ? firstSets(node.item) : undefined;
    case 'alternatives': {
      const sets = node.items.map(firstSets);
      return sets.includes(undefined) ? undefined : sets.flatMap((each) => each!);
    }
    default:
      return undefined;
  }
}
