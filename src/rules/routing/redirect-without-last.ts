import type { Edit } from '../finding.ts';
import { flagList } from '../../servers/apache/meaning/rewrite.ts';
import { placeIn, type Block, type Directive, type Word } from '../../syntax/tree.ts';
import { ApacheSections, forEachBlock } from '../../servers/apache/meaning/section-kinds.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A RewriteRule with [R] but without [L], whose redirect a later rule takes away',
    why: 'The flag R only marks the request: the next rules go on with the new URL. One that matches everything, such as a front controller, makes a path of it again, and the client gets a status 301 or 302 with a page and no Location.',
    how: 'Write [R,L], or [R,END].',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['rewriterule'] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_r'],
  },
  messages: {
    overwritten: 'This redirect is lost: without [L] the rule "{{pattern}} {{target}}" goes on with it and changes it.',
  },
  check({ config, targets, report }) {
    function check(block: Block): void {
      /** The next rule that takes everything; undefined behind one that makes a branch. */
      let later: Rule | undefined;
      for (const rule of rulesOf(block).toReversed()) {
        if (later && isOpenRedirect(rule)) say(rule.directive, later.directive);
        if (branches.some((name) => rule.flags.has(name))) later = undefined;
        else if (takesAll(rule)) later = rule;
      }
    }

    function say(redirect: Directive, later: Directive): void {
      const [pattern, target] = later.args as [Word, Word];
      report({
        message: 'overwritten',
        at: redirect,
        data: { pattern: pattern.raw, target: target.raw },
        related: [{ at: later, message: 'matches every URL' }],
        fix: { title: 'End the rules here with [L]', edits: [addLast(redirect)] },
      });
    }

    return {
      start() {
        forEachBlock(config, new ApacheSections(config, targets), check);
      },
    };
  },
});

interface Rule {
  readonly directive: Directive;
  readonly conditions: readonly Directive[];
  readonly flags: ReadonlyMap<string, string>;
}

function rulesOf(block: Block): Rule[] {
  const rules: Rule[] = [];
  let conditions: Directive[] = [];
  for (const directive of block.directives) {
    if (directive.key === 'rewritecond') conditions.push(directive);
    if (directive.key !== 'rewriterule') continue;
    if (directive.args.length > 1)
      rules.push({ directive, conditions, flags: new Map(flagList(directive.args[2]?.value ?? '')) });
    conditions = [];
  }
  return rules;
}

/** What these flags make of the order is not followed. */
const branches = ['c', 's', 'n'];
const endings = ['l', 'end', 'f', 'g', 'p', ...branches];

/** A redirect after which the next rule is asked. Any other status ends the rules by itself. */
function isOpenRedirect({ flags }: Rule): boolean {
  const status = flags.get('r');
  if (status === undefined || endings.some((name) => flags.has(name))) return false;
  return status === '' || /^(?:3\d\d|temp|permanent|seeother)$/i.test(status);
}

const everything = /^\^?(?:\.[*+?]?|\(\.[*+]\))?\$?$/;
const noFile = /^!-[dflsFU]$/;

/** A rule that takes whatever URL comes and writes a path of its own: a front controller, or a rule for all that is left. */
function takesAll({ directive, conditions }: Rule): boolean {
  const [pattern, target] = directive.args as [Word, Word];
  if (!everything.test(pattern.value) || pattern.value === '^$' || target.value === '-') return false;
  return conditions.every(
    ({ args: [test, condition] }) =>
      /FILENAME|DOCUMENT_ROOT/.test(test?.value ?? '') && noFile.test(condition?.value ?? ''),
  );
}

function addLast(directive: Directive): Edit {
  const word = directive.args[2]!;
  return { place: placeIn(directive, word), text: word.raw.replace(/\](?=["']?$)/, ',L]') };
}
