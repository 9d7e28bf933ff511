/** What a text says for httpd, line by line: each is held against what httpd knows of its name. */
import { apacheDirective } from './facts/index.ts';
import type { ApacheDirective } from './facts/types.ts';
import { isTemplated } from '../../text/template/placeholder.ts';
import { isOfAnotherProgram } from './cousins.ts';
import { Marks, type Mark } from '../detection/marks.ts';
import { wordTable } from '../../text/word-table.ts';

/** @param lines trimmed, without blank lines and comments */
export function marksForApache(lines: readonly string[]): Marks {
  const marks = new Marks();
  if (isOfAnotherProgram(lines)) {
    marks.foreign = marks.all = lines.length;
    return marks;
  }
  let isContinued = false;
  for (const line of lines) {
    if (!isContinued) marks.add(markOf(line));
    isContinued = line.endsWith('\\');
    if (marks.isSettled) break;
  }
  return marks;
}

export function isApacheLine(line: string): boolean {
  return markOf(line) === 'strong';
}

function markOf(line: string): Mark {
  if (line.startsWith('<')) return markOfTag(line);
  const name = /^[A-Za-z]\w*(?=\s|\\?$)/.exec(line)?.[0];
  if (name === undefined) return isTemplated(line) || /^(?:["%@&]|\/(?!\/|\*)|-\w)/.test(line) ? 'neutral' : 'foreign';
  const args = line.slice(name.length).trim();
  if (/^[=:(]/.test(args) || (/[;{]$/.test(line) && !/["']/.test(line))) return 'foreign';
  const facts = apacheDirective(name.toLowerCase());
  if (!facts) return markOfUnknown(name, args);
  if (facts.status === 'Third-party') return markOfModule(name, args);
  if (facts.form === 'section') return 'foreign';
  if (args === '')
    return facts.args.min === 0 && isCompound(facts.name) && name !== name.toLowerCase() ? 'weak' : 'foreign';
  if (!isCompound(facts.name)) return argumentsOfWord(name, args);
  return markOfDirective(name, args, facts);
}

/** A name of several words; one of a single word is also one of English and of other programs. */
function isCompound(name: string): boolean {
  return /[a-z\d][A-Z]|^[A-Z]{2,}|_/.test(name);
}

function markOfDirective(name: string, args: string, { args: { kind, max }, name: spelling }: ApacheDirective): Mark {
  if (isProse(args)) return 'foreign';
  if (isTemplated(args)) return 'strong';
  if (kind === 'FLAG' && !/^["']?(?:on|off|\$\{\w+\}|%\w+%|@\w+@)["']?$/i.test(args)) return 'weak';
  if (/^TAKE\d/.test(kind ?? '') && !/["'\\]/.test(args) && args.split(/\s+/).length > max) return 'weak';
  return name === spelling || name === spelling.toLowerCase() || shared.test(name) ? 'strong' : 'weak';
}
/** In any spelling: nothing else is called so. */
const shared = /^(?:rewrite|proxy|ssl|document|directory|server|auth)/i;

/** Of a module that is known by the beginning of the name alone. */
function markOfModule(name: string, args: string): Mark {
  if (
    /^php_(?:admin_)?(?:flag|value)$/i.test(name) ||
    /^Sec(?:Rule|Action|Audit|Request|Response|Marker|Component|Default)\w*$/.test(name)
  )
    return args === '' ? 'foreign' : 'strong';
  if (args === '' || !/[a-z][A-Z]|[A-Z]{2}[a-z]|_/.test(name) || isProse(args)) return 'foreign';
  return /^(?:Sec|Manager|Music|Lookup|Dos|Load|Add|Enable|Max|Min|Only|No)/i.test(name) ? 'weak' : 'strong';
}

/** One that is misspelled, or of a module that is not known here. */
function markOfUnknown(name: string, args: string): Mark {
  return args !== '' && /^[A-Z][a-z]*(?:[A-Z][a-z]*)+$/.test(name) && !isProse(args) ? 'odd' : 'foreign';
}

function markOfTag(line: string): Mark {
  const [, close, name = '', args = ''] = /^<(\/?)([A-Za-z]\w*)\b([^<]*)>$/.exec(line) ?? [];
  const facts = apacheDirective(name.toLowerCase());
  if (!facts || facts.form === 'plain') return /^<\/?[A-Z][a-z]+[A-Z][^<]*>$/.test(line) ? 'odd' : 'foreign';
  if (close) return args.trim() === '' ? 'weak' : 'foreign';
  if (/^\s*[a-z][\w-]*=["']/.test(args) || args.endsWith('/') !== /\s\S*\/$/.test(args)) return 'foreign';
  return args.trim() === '' && !/^(?:require(?:all|any|none)|else|perl)$/i.test(name) ? 'foreign' : 'strong';
}

/** A word of English or of another program with what httpd writes behind it. */
function argumentsOfWord(name: string, args: string): Mark {
  const key = name.toLowerCase();
  const shape = Object.hasOwn(shapes, key) ? shapes[key] : undefined;
  if (shape) return shape.test(args) ? 'strong' : plainWords.has(key) ? 'foreign' : 'weak';
  return isProse(args) || !/^[A-Z]/.test(name) || /[;,]$/.test(args) ? 'foreign' : 'weak';
}

const shapes: Readonly<Record<string, RegExp>> = wordTable({
  header: /^(?:always\s+|onsuccess\s+)?["']?(?:set|append|merge|add|unset|echo|edit\*?|setifempty|note)["']?\s/i,
  options:
    /^(?:[+-]?(?:All|None|ExecCGI|FollowSymLinks|Includes|IncludesNOEXEC|Indexes|MultiViews|SymLinksIfOwnerMatch)(?:\s+|$))+$/i,
  order: /^["']?(?:allow\s*,\s*deny|deny\s*,\s*allow|mutual-failure)["']?$/i,
  require:
    /^(?:not\s+)?(?:all\s+(?:granted|denied)|ip\s|host\s|user\s|group\s|valid-user$|env\s|expr\s|method\s|local$|ldap-\S+\s|forward-dns\s|file-group$|file-owner$)/i,
  listen: /^(?:\[[\da-f:.%]+\]:|[\w.*-]+:)?\d{1,5}(?:\s+https?)?$/i,
  include: /(?:apache|httpd|sites-enabled|conf-enabled|mods-enabled)/i,
  alias: /^["']?\/\S*["']?\s+["']?[/\w$]\S*["']?$/,
  redirect: /^(?:(?:permanent|temp|seeother|gone|\d{3})\s+)?["']?\/\S*(?:["']?\s+["']?(?:https?:|\/|%)|["']?$)/i,
  substitute: /^["']?s([/|#~@!,]).*\1/,
  use: /^[A-Z]\w*\s+\S/,
  define: /^\w+\s+["']?[/\w.:-]+["']?$/,
  mutex: /^(?:file|sysvsem|fcntl|flock|posixsem|default|pthread):/,
  allow: /^from\s/i,
  deny: /^from\s/i,
  satisfy: /^(?:any|all)$/i,
  action: /^["']?[\w.+-]+(?:\/[\w.+-]+)?["']?\s+["']?\//,
});
/** Words with which a sentence or a line of another program begins as often. */
const plainWords: ReadonlySet<string> = new Set(
  'require define include order options alias action redirect header'.split(' '),
);

/** Arguments of httpd seldom are many plain words, and do not end as sentences do. */
function isProse(args: string): boolean {
  if (/["'\\]/.test(args)) return false;
  const words = args.match(/(?<=^|\s)[A-Za-z][a-z']*[,.:]?(?=\s|$)/g)?.length ?? 0;
  const all = args.split(/\s+/).length;
  return (words >= 6 && words > all / 2) || (words >= 2 && words === all && args.endsWith('.'));
}
