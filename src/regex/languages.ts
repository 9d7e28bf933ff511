/**
 * Proves that every path one pattern matches is matched by another one too, or that none is. Loaded only where a first test leaves that open: the automata
 * library is large.
 */
import { CharSet, DFA, isDisjointWith, JS, NFA, type Concatenation, type Element, type NoParent } from 'refa';
import { translatePcre } from './pcre.ts';

export interface PathPattern {
  /** PCRE, searched in the path. */
  readonly source: string;
  readonly caseInsensitive: boolean;
}

/** Undefined where it cannot be told: no regular language, or automata beyond the limits. Paths begin with a slash and hold no line breaks. */
export function covers(outer: PathPattern, inner: PathPattern): boolean | undefined {
  try {
    const inside = NFA.fromIntersection(automaton(inner), automaton({ source: '^/', caseInsensitive: false }), nodes());
    const outside = DFA.fromFA(automaton(outer), new DFA.LimitedNodeFactory(maxNodes));
    outside.complement(new DFA.LimitedNodeFactory(maxNodes));
    return isDisjointWith(inside, outside, maxNodes);
  } catch {
    // Every error of the library means: not regular, or too large.
    return undefined;
  }
}

/** Whether no path is matched by both; undefined where it cannot be told, as for {@link covers}. */
export function isDisjoint(one: PathPattern, other: PathPattern): boolean | undefined {
  try {
    const paths = NFA.fromIntersection(automaton(one), automaton({ source: '^/', caseInsensitive: false }), nodes());
    return isDisjointWith(paths, automaton(other), maxNodes);
  } catch {
    return undefined;
  }
}

const maxNodes = 2000;
const maxAlternatives = 100;

type Sequence = NoParent<Concatenation>;

function nodes(): NFA.LimitedNodeFactory {
  return new NFA.LimitedNodeFactory(maxNodes);
}

function automaton({ source, caseInsensitive }: PathPattern): NFA {
  const translation = translatePcre(source);
  if (!translation || translation.flags.includes('m')) throw new Error('not translated');
  // Without line breaks, the end before a final one is the end, and a period is any character.
  const text = translation.source.replaceAll('(?=\\n?$)', '$').replaceAll('[^\\n]', '[^]');
  const flags = caseInsensitive || translation.flags.includes('i') ? 'si' : 's';
  const { expression, maxCharacter } = JS.Parser.fromLiteral({ source: text, flags }).parse({ maxNodes });
  const sequences = distribute(expression.alternatives).map((sequence) => anchored(sequence, maxCharacter));
  return NFA.fromRegex(sequences as Concatenation[], { maxCharacter }, { assertions: 'throw' }, nodes());
}

/** Alternatives with an anchor of their own at the begin or end of a sequence become sequences of their own. */
function distribute(sequences: readonly Sequence[]): Sequence[] {
  const done: Sequence[] = [];
  const pending = [...sequences].reverse();
  for (let sequence = pending.pop(); sequence; sequence = pending.pop()) {
    const { elements } = sequence;
    const index = [0, elements.length - 1].find((at) => hasAnchor(elements[at]));
    const alternation = index === undefined ? undefined : elements[index];
    if (index === undefined || alternation?.type !== 'Alternation') done.push(sequence);
    else
      for (const inner of alternation.alternatives)
        pending.push({ type: 'Concatenation', elements: elements.toSpliced(index, 1, ...inner.elements) });
    if (done.length + pending.length > maxAlternatives) throw new Error('too many alternatives');
  }
  return done;
}

function hasAnchor(element: NoParent<Element> | undefined): boolean {
  if (element?.type !== 'Alternation') return false;
  return element.alternatives.some(({ elements }) =>
    [elements[0], elements.at(-1)].some((each) => each?.type === 'Assertion' || hasAnchor(each)),
  );
}

/** A pattern is searched: without an anchor anything may stand before or after it. */
function anchored({ elements }: Sequence, maxCharacter: number): Sequence {
  const rest = [...elements];
  const isStart = isEdge(rest[0], 'behind');
  if (isStart) rest.shift();
  const isEnd = isEdge(rest.at(-1), 'ahead');
  if (isEnd) rest.pop();
  const any = anything(maxCharacter);
  return { type: 'Concatenation', elements: [...(isStart ? [] : [any]), ...rest, ...(isEnd ? [] : [any])] };
}

function isEdge(element: NoParent<Element> | undefined, kind: 'ahead' | 'behind'): boolean {
  if (element?.type !== 'Assertion' || !element.negate || element.kind !== kind) return false;
  const [only, other] = element.alternatives;
  const first = only?.elements[0];
  return !other && only?.elements.length === 1 && first?.type === 'CharacterClass' && first.characters.isAll;
}

function anything(maxCharacter: number): NoParent<Element> {
  const all = { type: 'CharacterClass', characters: CharSet.all(maxCharacter) } as const;
  const alternatives: Sequence[] = [{ type: 'Concatenation', elements: [all] }];
  return { type: 'Quantifier', min: 0, max: Infinity, lazy: false, alternatives };
}
