import type { Config } from '../../syntax/config.ts';
import { regexesOf } from '../../servers/nginx/meaning/definitions.ts';
import { conditionRegex, locationMatch } from '../../servers/nginx/meaning/match.ts';
import { mayAdd } from '../../servers/nginx/meaning/unread.ts';
import { captureGroups } from '../../regex/captures.ts';
import { enclosing, placeIn, type Block, type Directive, type Word } from '../../syntax/tree.ts';
import { children, walk } from '../../syntax/walk.ts';
import { passDirectives } from '../../servers/nginx/meaning/pass.ts';
import { apacheUse, apacheUsers } from './_apache-references.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  own: '"{{reference}}" is always empty: the pattern "{{pattern}}" has {{groups}}.',
  nowhere: '"{{reference}}" is always empty: no pattern that can have been tried before has such a group.',
} as const;

export default defineRule({
  meta: {
    summary: 'A reference to a group that no pattern has',
    why: 'The server does not complain: the reference is empty. A redirect then leads to another page, a condition never holds.',
    how: {
      nginx:
        'Put the part that is meant into a group of the pattern, "^/path/(.*)$", or remove the reference. "(?:...)" and "(?i)" are no groups, and after "$" nginx reads one digit only.',
      apache:
        'Put the part that is meant into a group of the pattern, "^/path/(.*)$", or remove the reference. "(?:...)" is no group.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [/\$[1-9]/], apache: [/[$%][1-9]/] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite',
      'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const { config, report } = context;

      function checkUse(directive: Directive): void {
        const word = directive.args.find(({ value }) => reference.test(value));
        const highest = word && highestReference(word);
        if (!highest) return;
        const reach = reachOf(directive);
        if (mostGroups(reach, config) >= highest.number) return;
        const isWhole = reach.owner !== undefined || config.complete;
        report({
          message: 'nowhere',
          at: placeIn(directive, word),
          data: { reference: highest.text },
          confidence: isWhole ? 'high' : 'medium',
        });
      }

      return {
        directives: {
          rewrite: (directive) => checkOwn(context, directive, directive.args[0]?.value ?? '', directive.args[1]),
          map: ({ block }) => {
            for (const entry of block ? children(block) : []) {
              const pattern = /^~\*?(.*)$/s.exec(entry.name.value)?.[1];
              if (pattern !== undefined) checkOwn(context, entry, pattern, entry.args[0]);
            }
          },
          ...Object.fromEntries(users.map((key) => [key, checkUse])),
        },
      };
    },
    apache(context) {
      const check = (directive: Directive): void => {
        const use = apacheUse(directive);
        if (use) checkOwn(context, directive, use.pattern, use.target);
      };
      return { directives: Object.fromEntries(apacheUsers.map((key) => [key, check])) };
    },
  },
});

type Context = Pick<RuleContext<typeof messages>, 'report'>;

/** A pattern that has just matched, so that its groups are the ones there are. */
function checkOwn({ report }: Context, directive: Directive, pattern: string, word: Word | undefined): void {
  const highest = word && highestReference(word);
  const count = captureGroups(pattern).length;
  if (!word || !highest || highest.number <= count) return;
  const groups = count === 0 ? 'no group' : count === 1 ? 'one group' : `${count} groups`;
  report({ message: 'own', at: placeIn(directive, word), data: { reference: highest.text, pattern, groups } });
}

/** Directives whose arguments hold groups of what was matched before, and no patterns of their own. */
const users = [
  'return',
  'set',
  'add_header',
  'add_trailer',
  'more_set_headers',
  ...[...passDirectives.values()].flatMap(({ key, teller }) => (teller ? [key, teller] : [key])),
  'try_files',
  'root',
  'alias',
  'error_page',
];

const reference = /\$[1-9]/;

/** The greatest `$1` to `$9` in a text; `$12` is `$1` and a 2. */
function highestReference({ value }: Word): { text: string; number: number } | undefined {
  if (!reference.test(value)) return undefined;
  const found = [...value.matchAll(/\$([1-9])/g)].map(([, digit]) => Number(digit));
  const number = Math.max(...found);
  return { text: `$${number}`, number };
}

/**
 * The block in which every expression stands that can have made the groups: that of the location or condition whose own expression has
 * replaced all earlier groups, else the server, else the file. What is no rewriting is read after all rewriting of the location.
 */
function reachOf(directive: Directive): Block {
  const isRewriting = directive.key === 'return' || directive.key === 'set';
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    if (!around.block) continue;
    if (around.key === 'server') return around.block;
    if (around.key === 'location' && locationMatch(around).kind === 'regex') return around.block;
    if (isRewriting && conditionRegex(around)?.negated === false) return around.block;
  }
  let top = directive;
  for (let around = enclosing(top); around; around = enclosing(around)) top = around;
  return top.parent;
}

/** The most groups that an expression in a block makes, or a map whose variable is read in it; infinite where not all was read. */
function mostGroups(block: Block, config: Config): number {
  let most = groupsIn.get(block);
  if (most !== undefined) return most;
  const maps = capturingMaps(config);
  most = block.owner ? groupsOf(block.owner, maps) : 0;
  walk(block, (directive) => {
    const isOpen = mayAdd(directive) || /_by_lua|^js_/.test(directive.key);
    most = Math.max(most!, isOpen ? Number.POSITIVE_INFINITY : groupsOf(directive, maps));
  });
  groupsIn.set(block, most);
  return most;
}

const groupsIn = new WeakMap<Block, number>();

function groupsOf(directive: Directive, maps: ReadonlyMap<string, number>): number {
  const own = regexesOf(directive).map(({ pattern }) => captureGroups(pattern).length);
  const read = directive.args.flatMap(({ value }) => mentioned(value).map((name) => maps.get(name) ?? 0));
  return Math.max(0, ...own, ...read);
}

function mentioned(text: string): string[] {
  return text.includes('$') ? [...text.matchAll(/\$\{?(\w+)/g)].map((match) => match[1]!.toLowerCase()) : [];
}

const capturing = new WeakMap<Config, ReadonlyMap<string, number>>();

/** The most groups that a pattern of a map has, by the variable: the map is looked up where that is read. */
function capturingMaps(config: Config): ReadonlyMap<string, number> {
  const known = capturing.get(config);
  if (known) return known;
  const found = new Map<string, number>();
  walk(config.file.root, ({ key, args, block }) => {
    if (key !== 'map' || !block) return;
    const patterns = children(block).filter(({ name }) => name.value.startsWith('~'));
    const most = Math.max(0, ...patterns.map(({ name }) => captureGroups(name.value).length));
    if (most > 0) found.set(args[1]?.value.slice(1).toLowerCase() ?? '', most);
  });
  capturing.set(config, found);
  return found;
}
