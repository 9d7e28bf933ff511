import { placeIn, type Block, type Directive } from '../../ir/syntax.ts';
import { children } from '../../ir/walk.ts';
import { defineRule } from '../define-rule.ts';
import { advisories, isAffected } from './_advisories.ts';

export default defineRule({
  meta: {
    summary:
      'A numbered capture read after a rewrite that adds arguments, which old nginx releases escape wrongly or crash on',
    why: 'Before 1.30.1 nginx goes on escaping after such a rewrite (CVE-2026-42945): "set" and "if" get "$1" escaped, in a buffer that is too small for it.',
    how: 'Name the group, "(?<rest>.*)", and read it by its name; or move the "set" before the rewrite; or update nginx.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/security_advisories.html', 'https://www.cve.org/CVERecord?id=CVE-2026-42945'],
  },
  messages: {
    unnamed: 'This reads "{{capture}}" after a rewrite to "{{replacement}}", whose arguments make nginx escape it.',
  },
  check({ targets, report }) {
    const affected = isAffected(advisories['CVE-2026-42945'], targets.nginx);
    if (affected === false) return {};
    function check(block: Block): void {
      const directives = children(block);
      const from = directives.findIndex((directive) => addsArguments(directive));
      if (from === -1) return;
      const rewrite = directives[from]!;
      for (const directive of readers(directives.slice(from + 1))) {
        const word = directive.args.find(({ value }) => numbered.test(value))!;
        report({
          message: 'unnamed',
          at: placeIn(directive, word),
          severity: affected === true ? 'warning' : 'info',
          data: { capture: numbered.exec(word.value)![0], replacement: rewrite.args[1]!.value },
          related: [{ at: rewrite, message: 'adds arguments' }],
        });
      }
    }
    return { block: check };
  },
});

const numbered = /\$\{?\d\}?/;

/** Without a flag the directives behind a rewrite run too; a final "?" adds no arguments. */
function addsArguments({ key, args }: Directive): boolean {
  return key === 'rewrite' && args.length === 2 && /^(?!https?:|\$scheme).*\?./.test(args[1]!.value);
}

/** `set` and `if` that read a numbered capture: of whatever expression it is, it is escaped. `if` blocks run in line. */
function readers(directives: readonly Directive[]): Directive[] {
  const found: Directive[] = [];
  for (const directive of directives) {
    const { key, args, block } = directive;
    if (key === 'return' || key === 'break') break;
    if (key !== 'set' && key !== 'if') continue;
    if (args.slice(key === 'set' ? 1 : 0).some(({ value }) => numbered.test(value))) found.push(directive);
    if (key !== 'if') continue;
    if (block) found.push(...readers(children(block)));
  }
  return found;
}
