/**
 * Judges every regular expression written in `src`: none may take exponential time, and polynomial time needs a reason in
 * `accepted-expressions.json`. Whatever stands there and is not needed fails the check too.
 */
import { readFileSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { parseSync, Visitor } from 'oxc-parser';
import { waysOf } from '../src/regex/cost.ts';
import { parseRegex, type ParsedRegex, type RegexNode } from '../src/regex/parse.ts';
import { complexityOf, loadChecker, type CheckSync } from '../src/rules/regex/_complexity.ts';

interface Written {
  readonly source: string;
  readonly flags: string;
  /** `file:line`, of the first. */
  readonly place: string;
}

interface Accepted {
  /** As it is written, with slashes and flags. */
  readonly expression: string;
  /** What bounds the text that it runs on, or why its time is no matter. */
  readonly reason: string;
}

type Verdict = 'linear' | 'polynomial' | 'exponential' | 'undecided';

/** Counts up to this one are no repetition. */
const maxCount = 50;

const accepted = JSON.parse(readFileSync('scripts/accepted-expressions.json', 'utf8')) as readonly Accepted[];
const reasons = new Map(accepted.map(({ expression, reason }) => [expression, reason]));
const checkSync = await loadChecker();
const counts = new Map<Verdict, number>();
const faults: string[] = [];
const written = expressions();
for (const [text, { source, flags, place }] of written) {
  const verdict = judge(checkSync, source, flags);
  counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const reason = reasons.get(text)?.trim();
  if (verdict === 'linear') {
    if (reason !== undefined)
      faults.push(`${place}: ${text} is linear; its entry in accepted-expressions.json is not needed`);
  } else if (verdict === 'exponential') faults.push(`${place}: ${text} takes exponential time`);
  else if (!reason) faults.push(`${place}: ${text} is ${verdict}: make it linear, or write what bounds its text`);
}
for (const text of reasons.keys()) if (!written.has(text)) faults.push(`${text} is accepted, but not written anywhere`);
console.log([...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', '));
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}

/** All that is written, each once. */
function expressions(): Map<string, Written> {
  const found = new Map<string, Written>();
  for (const path of fastGlob.sync('src/**/*.ts').sort()) {
    if (path.endsWith('.gen.ts')) continue;
    const text = readFileSync(path, 'utf8');
    const add = (source: string, flags: string, start: number): void => {
      const key = `/${source}/${flags}`;
      if (!found.has(key))
        found.set(key, { source, flags, place: `${path}:${text.slice(0, start).split('\n').length}` });
    };
    new Visitor({
      Literal(node) {
        if ('regex' in node) add(node.regex.pattern, node.regex.flags, node.start);
      },
      NewExpression({ callee, arguments: [source, flags], start }) {
        if (callee.type !== 'Identifier' || callee.name !== 'RegExp' || source?.type !== 'Literal') return;
        if (typeof source.value !== 'string') return;
        add(source.value, flags?.type === 'Literal' && typeof flags.value === 'string' ? flags.value : '', start);
      },
    }).visit(parseSync(path, text).program);
  }
  return found;
}

function judge(check: CheckSync, source: string, flags: string): Verdict {
  const parsed = parseRegex(source);
  if (parsed && isPlainlyLinear(parsed, flags)) return 'linear';
  const { result } = complexityOf(check, source, flags.replaceAll(/[dgv]/g, ''));
  if (result?.status === 'safe') return 'linear';
  if (result?.status === 'vulnerable') return result.complexity.type === 'exponential' ? 'exponential' : 'polynomial';
  // What the library cannot tell (lookbehinds, too many steps) is settled by the ways that there are to match a text at most.
  return parsed && Number.isFinite(waysOf(parsed.root, 2000)) ? 'polynomial' : 'undecided';
}

/** One repetition at most, of something that matches in one way, and only at one place of the text if there is one. */
function isPlainlyLinear({ root }: ParsedRegex, flags: string): boolean {
  const count = repetitions(root);
  return count === 0 || (count === 1 && (flags.includes('y') || (!flags.includes('m') && isAnchored(root))));
}

/** Repetitions without limit on one way through a node. */
function repetitions(node: RegexNode): number {
  switch (node.kind) {
    case 'sequence':
      return node.items.reduce((sum, item) => sum + repetitions(item), 0);
    case 'alternatives':
      return node.items.reduce((most, item) => Math.max(most, repetitions(item)), 0);
    case 'capture':
    case 'atomic':
    case 'look':
      return repetitions(node.item);
    case 'repeat': {
      if (node.range.most <= maxCount) return repetitions(node.item) * node.range.most;
      return waysOf(node.item, 1000) === 1 ? 1 : Infinity;
    }
    default:
      return node.kind === 'reference' ? Infinity : 0;
  }
}

function isAnchored(node: RegexNode): boolean {
  if (node.kind === 'assertion') return node.what === 'start';
  if (node.kind === 'sequence') return node.items[0] !== undefined && isAnchored(node.items[0]);
  if (node.kind === 'alternatives') return node.items.every(isAnchored);
  return node.kind === 'capture' && isAnchored(node.item);
}
