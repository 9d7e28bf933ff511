import { placeIn, type Block, type Directive, type Word } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { advisories, isAffected } from './_advisories.ts';
import { nameCaptures } from './_name-captures.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { isRedirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';

export default defineRule({
  meta: {
    summary:
      'A numbered capture read after a rewrite that adds arguments, which old nginx releases escape wrongly or crash on',
    why: 'Before 1.30.1 nginx goes on escaping after such a rewrite (CVE-2026-42945): "set", "if" and the next "rewrite" get "$1" escaped, in a buffer that is too small for it.',
    how: 'Name the group, "(?<rest>.*)", and read it by its name; or move the "set" before the rewrite; or update nginx.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ rewrite: /\?/ }] },
    fixable: 'unsafe',
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
      for (const { directive, regex } of readers(directives.slice(from + 1), rewrite)) {
        const word = readWords(directive).find(({ value }) => numbered.test(value))!;
        const edits = regex && nameCaptures({ word: regex.args[0]!, directive: regex }, [{ word, directive }]);
        report({
          message: 'unnamed',
          at: placeIn(directive, word),
          severity: affected === true ? 'warning' : 'info',
          data: { capture: numbered.exec(word.value)![0], replacement: rewrite.args[1]!.value },
          related: [{ at: rewrite, message: 'adds arguments' }],
          ...(edits && { fix: { title: 'Read the group by a name', edits } }),
        });
      }
    }
    return { block: check };
  },
});

const numbered = /\$[1-9]/;

/** Without a flag the directives behind a rewrite run too; a final "?" adds no arguments. */
function addsArguments({ key, args }: Directive): boolean {
  return key === 'rewrite' && args.length === 2 && !isRedirectUrl(args[1]!.value) && /\?./.test(args[1]!.value);
}

interface Reader {
  readonly directive: Directive;
  /** The rewrite whose pattern it reads; undefined where one of several may be meant. */
  readonly regex: Directive | undefined;
}

/**
 * What reads a numbered capture while the escaping goes on: `set`, `if`, and another `rewrite`, of whatever pattern it is. `if` blocks run
 * in line.
 */
function readers(directives: readonly Directive[], rewrite: Directive | undefined): Reader[] {
  const found: Reader[] = [];
  let regex = rewrite;
  let path = rewrite && fixedPath(rewrite);
  for (const directive of directives) {
    const { key, args, block } = directive;
    if (key === 'return' || key === 'break') break;
    if (key !== 'set' && key !== 'if' && key !== 'rewrite') continue;
    if (key === 'rewrite') {
      if (path !== undefined && compilePcre(args[0]?.value ?? '', false)?.matches(path) === false) {
        // It leaves no captures behind.
        regex = undefined;
        continue;
      }
      path = undefined;
    }
    const isRead = readWords(directive).some(({ value }) => numbered.test(value));
    if (isRead) found.push({ directive, regex: key === 'rewrite' ? directive : regex });
    if (key === 'rewrite') regex = undefined;
    if (key !== 'if') continue;
    if (args.some(({ value }) => /^!?~\*?$/.test(value))) regex = undefined;
    if (block) found.push(...readers(children(block), regex));
  }
  return found;
}

/** The path that the next `rewrite` meets, where no variable makes it. */
function fixedPath({ args }: Directive): string | undefined {
  const path = args[1]!.value.split('?', 1)[0]!;
  return /^\/[\w./-]*$/.test(path) ? path : undefined;
}

/** The words that are evaluated: neither a pattern nor a variable by itself, which `if` takes by its name. */
function readWords({ key, args }: Directive): readonly Word[] {
  if (key === 'rewrite') return args.slice(1, 2);
  return args.slice(1);
}
