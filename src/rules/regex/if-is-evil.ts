import { nginxDirectives } from '../../facts/nginx/index.ts';
import type { Directive } from '../../ir/syntax.ts';
import { children, childrenNamed } from '../../ir/walk.ts';
import { listOf } from '../_shared/text.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An if in a location that does something else than it says',
    why: 'A true "if" does not add to its location, it replaces it: of several true ones only the last one counts, and try_files of the location no longer runs.',
    how: 'Inside "if" only "return" and "rewrite ... last" do what they say, and "set" where nothing else depends on the location. Choose values with "map" and use them in the location itself, or hand the request to another location.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    options: {
      strict: {
        type: 'boolean',
        default: false,
        description:
          'Report everything in an "if" of a location that is not of the rewrite module, also where it does what it says.',
      },
    },
    pedanticOptions: { strict: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',
      'https://github.com/nginxinc/nginx-wiki/blob/master/source/start/topics/depth/ifisevil.rst',
    ],
  },
  messages: {
    tryFiles: 'While this condition holds, the "try_files" of the location does not run.',
    lastWins:
      'Where this condition and a later one hold, {{directives}} of this block {{verb}} no effect: only the last true "if" counts.',
    strict:
      'Under this condition the location is replaced by what stands here, {{directives}}, and what it inherits; what else it holds does not run.',
  },
  check({ options, report }) {
    function check(location: Directive): void {
      const block = location.block;
      if (!block) return;
      const ifs = childrenNamed(block, 'if').filter((directive) => directive.block && !answers(directive));
      const tryFiles = childrenNamed(block, 'try_files').at(-1);
      const told = new Set<Directive>();
      for (const directive of ifs) {
        if (!tryFiles || handsOver(directive)) continue;
        told.add(directive);
        report({ message: 'tryFiles', at: directive, related: [{ at: tryFiles, message: 'does not run then' }] });
      }
      ifs.slice(0, -1).forEach((directive, index) => {
        const later = ifs.slice(index + 1).filter((other) => !exclude(directive, other));
        const lost = settings(directive).filter((setting) => later.some((other) => !settings(other).includes(setting)));
        if (lost.length === 0) return;
        told.add(directive);
        report({
          message: 'lastWins',
          at: directive,
          confidence: 'medium',
          data: { directives: listOf(lost.map((key) => `"${key}"`)), verb: lost.length === 1 ? 'has' : 'have' },
          related: later.map((at) => ({ at, message: 'may hold too' })),
        });
      });
      if (options['strict'] === true) for (const directive of ifs) if (!told.has(directive)) reportStrictly(directive);
    }

    function reportStrictly(directive: Directive): void {
      const found = settings(directive);
      if (found.length === 0) return;
      const data = { directives: listOf(found.map((key) => `"${key}"`)) };
      report({ message: 'strict', at: directive, severity: 'info', confidence: 'medium', data });
    }

    return { directives: { location: check } };
  },
});

/** Lists that a later block replaces as a whole, whatever names it sets. */
const lists: ReadonlySet<string> = new Set(['add_header', 'add_trailer']);

/** What a block sets besides the rewriting: directives of other modules, with the names of what they add. */
function settings({ block }: Directive): string[] {
  const found = children(block!).flatMap(({ key, args }) => {
    if (isRewriting(key)) return [];
    return lists.has(key) ? `${key} ${args[0]?.value ?? ''}` : key;
  });
  return [...new Set(found)];
}

function isRewriting(key: string): boolean {
  return key === 'include' || nginxDirectives(key).some(({ module }) => module === 'ngx_http_rewrite_module');
}

/** A block that ends the request or leaves the location: nothing of the location counts then. */
function answers({ block }: Directive): boolean {
  return children(block!).some(({ key, args: [, replacement, flag] }) => {
    if (key !== 'rewrite') return key === 'return';
    return (
      /^(?:last|redirect|permanent)$/.test(flag?.value ?? '') || /^(?:https?:|\$scheme)/.test(replacement?.value ?? '')
    );
  });
}

/** A block with a handler of its own takes the request from the rest of the location. */
function handsOver({ block }: Directive): boolean {
  return children(block!).some(({ key }) => key.endsWith('_pass'));
}

/** Two equality tests of one variable, or a test and its negation, cannot hold at once. */
function exclude({ args: a }: Directive, { args: b }: Directive): boolean {
  const [subject, operator, value] = a.map((word) => word.value);
  const [otherSubject, otherOperator, otherValue] = b.map((word) => word.value);
  if (subject !== otherSubject || operator === undefined || otherOperator === undefined) return false;
  if (value === otherValue) return operator === `!${otherOperator}` || otherOperator === `!${operator}`;
  return operator === '=' && otherOperator === '=';
}
