/** What all formats of `proxylint diff` say alike. */
import { textOf } from '../../diff/differences.ts';
import type { Comparison } from '../../diff/compare.ts';
import type { Statement, Witness } from '../../diff/statements.ts';
import { toText } from '../../text/bytes.ts';
import { asWritten, isTemplated } from '../../text/template/placeholder.ts';
import { plural } from '../plural.ts';
import { locate } from '../report.ts';
import { requestText } from '../trace-text.ts';

/** Two configs, as they are named, and what differs. */
export interface ComparedPair {
  /** The path of the new one; of the old one where there is no new one. */
  readonly path: string;
  readonly comparison: Comparison;
}

const maxSubjects = 3;

/** `https://a.example/admin/**: was denied (403), is passed to 127.0.0.1:81 now`. */
export function sentenceOf(statement: Statement): string {
  const { topic, was, is, kind, witness } = statement;
  const client = kind.startsWith('access') && witness?.request.from !== undefined ? ` for ${clientText(witness)}` : '';
  const many = topic === '' && statement.subjects.length > 1;
  const [had, has] = many ? ['were', 'are'] : ['was', 'is'];
  return readable(
    `${subjectsOf(statement)}: ${topic}${topic === '' ? '' : ' '}${had} ${was}${client}, ${has} ${is} now`,
  );
}

/** A byte string as people read it, with the tags of templates as they are written. */
export function readable(bytes: string): string {
  const text = isTemplated(bytes) ? bytes : toText(bytes);
  return isTemplated(text) ? asWritten(text) : text;
}

function clientText({ request }: Witness): string {
  return `clients such as ${request.from}`;
}

function subjectsOf({ subjects }: Statement): string {
  const shown = subjects.slice(0, maxSubjects).join(', ');
  if (subjects.length <= maxSubjects) return shown;
  return `${subjects.length} routes and paths (${shown} and ${subjects.length - maxSubjects} more)`;
}

/** `access opened`. */
export function kindText({ kind }: Statement): string {
  return kind.replaceAll('-', ' ');
}

/** `GET https://a.example:443/admin/ from 198.51.100.77 with X-Test: 1`. */
export function witnessText({ request }: Witness): string {
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'host');
  const parts = [
    requestText(request),
    request.from === undefined ? '' : `from ${request.from}`,
    headers.length > 0 ? `with ${headers.map(([name, value]) => `${name}: ${value}`).join(', ')}` : '',
    request.bodySize > 0 ? `with a body of ${plural(request.bodySize, 'byte')}` : '',
    request.alpn ? `that offers ${request.alpn.join(', ') || 'no protocol'}` : '',
  ];
  return readable(parts.filter((part) => part !== '').join(' '));
}

export function outcomesOf({ before, after }: Witness): { readonly before: string; readonly after: string } {
  return { before: readable(textOf(before.outcome)), after: readable(textOf(after.outcome)) };
}

export function placeText({ place }: Statement): string | undefined {
  if (!place) return undefined;
  const { file, start } = locate(place);
  return `${file}:${start.line}`;
}

/** What was asked, and what that shows. */
export function scopeSentences({ asked, undecided, hosts, unread }: Comparison): readonly string[] {
  const changed = hosts.all - hosts.same;
  const sentences = [
    `${plural(asked, 'request')} asked of both, over ${changed} of ${plural(hosts.all, 'virtual host')}${hosts.same > 0 ? `; the other ${hosts.same} are the same word for word` : ''}.`,
    'Complete over addresses, names, routes and the conditions that the configs name; samples inside regular expressions and networks.',
  ];
  if (hosts.rootOnly > 0)
    sentences.push(`${plural(hosts.rootOnly, 'virtual host')} asked at the root only, as so many differ.`);
  for (const [side, parts] of [
    ['old', unread.old],
    ['new', unread.now],
  ] as const)
    if (parts.length > 0)
      sentences.push(
        `Of the ${side} config not all is compared: ${parts.slice(0, maxSubjects).join(' ')}${parts.length > maxSubjects ? ` And ${parts.length - maxSubjects} more.` : ''}`,
      );
  if (undecided > 0) sentences.push(`${plural(undecided, 'request')} cannot be told on either side.`);
  return sentences;
}

export function statementsIn(pairs: readonly ComparedPair[]): readonly Statement[] {
  return pairs.flatMap(({ comparison }) => comparison.statements);
}

/** `2 errors, 1 warning`; empty for none. */
export function countText(statements: readonly Statement[]): string {
  const count = (severity: Statement['severity']): number =>
    statements.filter((each) => each.severity === severity).length;
  return [[count('error'), 'error'] as const, [count('warning'), 'warning'] as const, [count('info'), 'info'] as const]
    .filter(([number]) => number > 0)
    .map(([number, noun]) => plural(number, noun))
    .join(', ');
}
