import { captureGroups } from '../../regex/captures.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { mapPatterns } from '../../servers/nginx/meaning/maps.ts';
import { passDirectives } from '../../servers/nginx/meaning/pass.ts';
import { apacheUse, apacheUsers } from './_apache-references.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { reachOf, mostGroups } from './_reachable-groups.ts';

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
          map: (directive) => {
            for (const { entry, pattern } of mapPatterns(directive)) checkOwn(context, entry, pattern, entry.args[0]);
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
