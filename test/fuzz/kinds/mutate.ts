/** Changes texts at random. */
import type { Random } from '../../oracle/lib/random.ts';
import type { Corpus } from '../corpus.ts';
import { nuisances } from '../vocabulary.ts';

/** Characters; inputs of this size cost milliseconds. */
const longest = 6000;
const signs = [...'{}();<>"\'#\\$=~^/*,:[]|@% \n\t'];

/** Some changes of some place: signs put in, text taken out, doubled, moved or taken from another file. */
export function mutate(text: string, random: Random, corpus: Corpus): string {
  let result = cut(text, random);
  for (let count = 1 + random.below(6); count > 0; count--) result = mutateOnce(result, random, corpus);
  return result.slice(0, longest);
}

function mutateOnce(text: string, random: Random, corpus: Corpus): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(random.below(4) === 0 ? 400 : 12));
  switch (random.below(9)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, end) + text.slice(at, end) + text.slice(end);
    case 2:
      return text.slice(0, at) + random.pick(signs)! + text.slice(end);
    case 3:
      return text.slice(0, at) + text.slice(at, end).repeat(1 + random.below(20)) + text.slice(end);
    case 4:
      return text.slice(0, at) + partOf(random, corpus) + text.slice(at);
    case 5:
      return withoutLine(text, at);
    case 6:
      return text.slice(at) + text.slice(0, at);
    case 7:
      return random.below(4) === 0
        ? text.replaceAll('\n', '\r\n')
        : text.slice(0, at) + random.pick(nuisances)! + text.slice(at);
    default:
      return text.slice(0, at) + random.pick(nuisances)! + text.slice(at);
  }
}

function withoutLine(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(0, start) + (end === -1 ? '' : text.slice(end + 1));
}

/** Some lines in a row of some file. */
export function partOf(random: Random, corpus: Corpus): string {
  const lines = random.pick(corpus.all)!.text.split('\n');
  const start = random.below(lines.length);
  return `${lines.slice(start, start + 1 + random.below(15)).join('\n')}\n`;
}

/** A long file's part; files that are read whole would make up most of the time. */
function cut(text: string, random: Random): string {
  if (text.length <= longest) return text;
  const start = text.indexOf('\n', random.below(text.length - longest)) + 1;
  return text.slice(start, start + longest);
}
