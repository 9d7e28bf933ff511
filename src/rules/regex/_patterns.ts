/** The regular expressions of a config, with the words that hold them. */
import { conditionRegex, locationMatch } from '../../servers/nginx/meaning/match.ts';
import type { Directive, Word } from '../../syntax/tree.ts';
import { wordTable } from '../../text/word-table.ts';

export interface PatternUse {
  readonly directive: Directive;
  /** The word that holds the pattern, perhaps behind a sign such as `~`. */
  readonly word: Word;
  readonly pattern: string;
  readonly caseInsensitive: boolean;
  /** What is matched. */
  readonly subject: 'path' | 'host' | 'file' | 'other';
}

/** Directives of nginx with a pattern: `location`, `if`, `rewrite`, `server_name`, `valid_referers` and entries of a map are read by {@link nginxPatterns}. */
export function nginxPatterns(directive: Directive): PatternUse[] {
  const { key, args } = directive;
  const [first, second] = args;
  if (key === 'location') {
    const { kind, pattern, caseInsensitive } = locationMatch(directive);
    return kind === 'regex' ? [{ directive, word: (second ?? first)!, pattern, caseInsensitive, subject: 'path' }] : [];
  }
  if (key === 'rewrite' && first)
    return [{ directive, word: first, pattern: first.value, caseInsensitive: false, subject: 'path' }];
  if (key === 'server_name' || key === 'valid_referers') {
    const words = args.filter(({ value }) => value.startsWith('~'));
    const subject = key === 'server_name' ? 'host' : 'other';
    return words.map((word) => ({ directive, word, pattern: word.value.slice(1), caseInsensitive: true, subject }));
  }
  return key === 'if' ? conditionPattern(directive) : [];
}

function conditionPattern(directive: Directive): PatternUse[] {
  const condition = conditionRegex(directive);
  if (!condition) return [];
  const { subject, word, pattern, caseInsensitive } = condition;
  const variable = /^\$\{?(\w+)/.exec(subject)?.[1]!.toLowerCase() ?? '';
  const kind = /^(?:document_)?uri$|^request_uri$/.test(variable)
    ? 'path'
    : /^(?:http_)?host$/.test(variable)
      ? 'host'
      : 'other';
  return [{ directive, word, pattern, caseInsensitive, subject: kind }];
}

interface PatternPlace {
  /** Of the argument that is the pattern. */
  readonly index: number;
  readonly subject: PatternUse['subject'];
  readonly caseInsensitive?: true;
}

/** Directives of httpd with one pattern, and what it is matched with. */
const apacheSubjects: Readonly<Record<string, PatternPlace>> = wordTable({
  locationmatch: { index: 0, subject: 'path' },
  filesmatch: { index: 0, subject: 'file' },
  directorymatch: { index: 0, subject: 'other' },
  proxypassmatch: { index: 0, subject: 'path' },
  rewriterule: { index: 0, subject: 'path' },
  aliasmatch: { index: 0, subject: 'path' },
  scriptaliasmatch: { index: 0, subject: 'path' },
  rewritecond: { index: 1, subject: 'other' },
  proxymatch: { index: 0, subject: 'other' },
  setenvif: { index: 1, subject: 'other' },
  setenvifnocase: { index: 1, subject: 'other', caseInsensitive: true },
  browsermatch: { index: 0, subject: 'other' },
  browsermatchnocase: { index: 0, subject: 'other', caseInsensitive: true },
});

/** Those whose pattern stands behind a sign or word that makes it one: `<Location ~ pattern>`, `Header edit name pattern`. */
const marked: Readonly<Record<string, PatternUse['subject']>> = wordTable({
  location: 'path',
  files: 'file',
  directory: 'other',
  proxypass: 'path',
  header: 'other',
  requestheader: 'other',
});

function placeOf({ key, args }: Directive): PatternPlace | undefined {
  const first = args[0]?.value ?? '';
  if (key === 'redirectmatch') {
    // The words for a status are one argument more.
    const hasStatus = args.length > 2 || /^\d{3}$|^gone$/.test(first);
    return { index: hasStatus ? 1 : 0, subject: 'path' };
  }
  const subject = Object.hasOwn(marked, key) ? marked[key] : undefined;
  if (subject === undefined) return Object.hasOwn(apacheSubjects, key) ? apacheSubjects[key] : undefined;
  if (!key.endsWith('header')) return first === '~' ? { index: 1, subject } : undefined;
  const action = /^(?:always|onsuccess)$/i.test(first) ? 1 : 0;
  return /^edit\*?$/i.test(args[action]?.value ?? '') ? { index: action + 2, subject } : undefined;
}

export const apachePatternKeys: readonly string[] = [
  ...Object.keys(apacheSubjects),
  ...Object.keys(marked),
  'redirectmatch',
];

export function apachePattern(directive: Directive): PatternUse | undefined {
  const { key, args } = directive;
  const place = placeOf(directive);
  const word = place && args[place.index];
  if (!word || word.value.includes('${')) return undefined;
  const isHost = key === 'rewritecond' && /^%\{(?:HTTP_HOST|HTTP:Host|SERVER_NAME)\}$/i.test(args[0]!.value);
  if (key === 'rewritecond' && /^!?(?:[<>=]|-[a-zA-Z]{1,2}$)/.test(word.value)) return undefined;
  const pattern = word.value.replace(/^!/, '');
  const caseInsensitive = place.caseInsensitive ?? /[[,]\s*(?:NC|nocase)\b/i.test(args[2]?.value ?? '');
  return { directive, word, pattern, caseInsensitive, subject: isHost ? 'host' : place.subject };
}
