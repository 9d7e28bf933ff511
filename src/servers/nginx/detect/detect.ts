/** What a text says for nginx, statement by statement: each is held against what nginx knows of its name. */
import { nginxDirectives } from '../facts/index.ts';
import type { NginxContext, NginxDirective } from '../facts/types.ts';
import { isPlaceholder } from '../meaning/placeholder.ts';
import { type Mark, Marks } from '../../detection/marks.ts';
import { shapes } from './shapes.ts';
import { type Statement, nginxStatements } from './statements.ts';
import { isTemplated } from '../../../text/template/placeholder.ts';
import { wordTable } from '../../../text/word-table.ts';

/** @param text the beginning of the file */
export function marksForNginx(text: string): Marks {
  const marks = new Marks();
  const open: string[] = [];
  let previous: Mark = 'neutral';
  let semicolons = 0;
  for (const statement of nginxStatements(text)) {
    const { words, end, isContinued } = statement;
    if (end === '}') {
      open.pop();
      continue;
    }
    const parent = open.at(-1) ?? '';
    const mark: Mark = isContinued ? markOfRest(statement, previous) : markOf(statement, parent);
    marks.add(mark);
    if (!isContinued || mark !== 'neutral') previous = mark;
    if (end === '{') open.push(entryBlocks.has(parent) ? parent : (words[0] ?? ''));
    else if (end === ';') semicolons++;
    if (marks.isSettled) break;
  }
  // Words of other languages, but all of them as nginx would have them.
  if (marks.weak > 1 && marks.weak === marks.all && semicolons > 1) marks.strong++;
  // Other programs have blocks in braces, too, but no semicolons.
  if (semicolons === 0 && marks.all >= 8) marks.foreign += marks.all;
  return marks;
}

export function isNginxLine(line: string): boolean {
  const marks = marksForNginx(line);
  return marks.strong > 0 && marks.strange === 0;
}

/** Blocks of entries instead of directives. */
const entryBlocks: ReadonlySet<string> = new Set(
  'map geo geoip2 split_clients types charset_map match live_activity otel_exporter'.split(' '),
);

/** What stands on the next line of a statement that has not ended: another one where a semicolon is missing. */
function markOfRest({ words, end }: Statement, previous: Mark): Mark {
  const [name = ''] = words;
  if (nginxDirectives(name).length > 0 && (isDistinct(name) || end !== undefined))
    return isDistinct(name) ? 'strong' : 'weak';
  if (previous === 'weak' && end === ';') return 'strong';
  return previous === 'foreign' ? 'foreign' : 'neutral';
}

function markOf(statement: Statement, parent: string): Mark {
  const { words, end } = statement;
  const [name, ...args] = words;
  if (name === undefined) return end === '{' ? 'odd' : 'neutral';
  if (isPlaceholder(name)) return 'neutral';
  if (entryBlocks.has(parent)) return 'neutral';
  const definitions = nginxDirectives(name);
  if (definitions.length === 0)
    return /^[a-z][a-z0-9_]*$/.test(name) ? markOfUnknown(statement) : markOfNoName(statement);
  if (end === undefined) return isDistinct(name) || (!common.test(name) && shapes[name]?.(args)) ? 'weak' : 'foreign';
  if (!definitions.some((definition) => takesForm(definition, end))) return isDistinct(name) ? 'weak' : 'foreign';
  if (!args.some(isTemplated)) {
    const fits = shapes[name];
    if (fits && !fits(args)) return 'foreign';
    if (!definitions.some((definition) => takesCount(definition, args.length)))
      return isDistinct(name) ? 'weak' : 'odd';
  }
  if (isDistinct(name) || mayStandIn(definitions, parent)) return 'strong';
  if (name === 'return' && (args.length === 2 || !/^\d/.test(args[0] ?? ''))) return 'strong';
  return (shapes[name]?.(args) && !common.test(name)) || (name === 'include' && configFile.test(args[0] ?? ''))
    ? 'strong'
    : 'weak';
}

const configFile = /\/\*|\.conf["']?$|mime\.types|_params["']?$/;

/** Names of nginx that are words of English or of other languages, too; the others are not met elsewhere. */
const words: ReadonlySet<string> = new Set(
  (
    'alias allow api break charset check client concat connections daemon default_type degrade deny echo env etag events expires fair ' +
    'footer geo goto gzip hash http if image_filter imap include index internal keepalive keyval listen location mail map match metric ' +
    'mgmt mirror multi pass perl pid process processes protocol proxy queue random return rewrite root satisfy server set slice ssl ' +
    'state status sticky stream timeout trim types upstream use user vod zone'
  ).split(' '),
);

function isDistinct(name: string): boolean {
  return !words.has(name);
}

/** An entry of a table without the table around it, or what is no name at all. */
function markOfNoName({ words, end }: Statement): Mark {
  const [name = '', ...args] = words;
  if (
    end === ';' &&
    args.length > 0 &&
    args.every((arg) => !/^[=:+*/|&-]+$/.test(arg)) &&
    /^(?:["'~*.\d\\$/@[-]|[a-z]+\/[\w.+-]+$)/.test(name)
  )
    return /[()]/.test(name) && !name.startsWith('~') && !name.startsWith('"') ? 'foreign' : 'neutral';
  return /^[A-Z][A-Z0-9_]*$/.test(name) && (end === ';' || (end === undefined && args.length === 0))
    ? 'odd'
    : 'foreign';
}

/** A name of a module that is not known here, or one that is misspelled, has the form of a directive at least. */
function markOfUnknown({ words, end }: Statement): Mark {
  const [name = '', ...args] = words;
  if (end === undefined || languageWords.has(name)) return 'foreign';
  const looksLikeCode = args.some(
    (arg) => /^(?:[=:+*<>?&|-]+|=>|[\w.]*\(.*|.*\)|.*,|in|of|as|from)$/.test(arg) && !/^["'~^]/.test(arg),
  );
  return looksLikeCode ? 'foreign' : 'odd';
}

/** Words with which statements of other languages begin, semicolons and braces and all. */
const languageWords: ReadonlySet<string> = new Set(
  (
    'const let var function async await import export class interface type enum struct union public private protected static void int ' +
    'char unsigned signed long short double float bool boolean string for while do switch case default else try catch throw finally ' +
    'new delete typeof extends implements package namespace using my our sub local use require module foreach elsif unless begin ' +
    'def fn impl pub mod option subnet object message table chain rule policy role attribute abstract declare yield goto'
  ).split(' '),
);

/** Fitting words that prove nothing by themselves. */
const common = /^(?:include|user|index|root|use|break|internal|zone|default_type|hash|daemon|alias|pid|return)$/;

function takesForm({ block, origin }: NginxDirective, end: ';' | '{' | '}'): boolean {
  return block === undefined || origin === 'third-party' || block === (end === '{');
}

function takesCount({ counts, min }: NginxDirective, count: number): boolean {
  return counts ? counts.includes(count) : count >= min;
}

const contextsInside: Readonly<Record<string, readonly NginxContext[] | undefined>> = wordTable({
  events: ['events'],
  http: ['http'],
  stream: ['stream'],
  mail: ['mail'],
  server: ['server', 'stream-server', 'mail-server'],
  location: ['location'],
  upstream: ['upstream', 'stream-upstream'],
  if: ['if-in-server', 'if-in-location'],
  limit_except: ['limit_except'],
});

function mayStandIn(definitions: readonly NginxDirective[], parent: string): boolean {
  const inside = contextsInside[parent];
  return (
    inside !== undefined && definitions.some(({ contexts }) => contexts.some((context) => inside.includes(context)))
  );
}
