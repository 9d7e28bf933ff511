import type { Directive } from '../../syntax/tree.ts';
import { insertBefore } from '../../edits/statements.ts';
import { eachLevel } from '../../servers/nginx/meaning/lost-lists.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An inner error_page drops those of the outer level',
    why: 'nginx inherits error_page only where the inner level has none at all: for every other code clients get the page of the server itself there.',
    how: 'Repeat the lost lines on the inner level.',
    whenOff: 'Where the inner level is meant to show the pages of the server itself.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['error_page'] },
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page'],
  },
  messages: {
    lost: 'The "error_page" directives of this level drop those of the outer level: {{codes}} {{verb}} answered with the page set there.',
  },
  check({ report }) {
    return eachLevel((scope) => {
      const own = scope.own('error_page');
      const [lostBy] = own;
      if (!lostBy || scope.certainty('error_page') === 'unread') return;
      const kept = new Set(own.flatMap(codesOf));
      const [answer] = scope.own('return');
      const isServer = scope.directive?.key === 'server';
      const isLost = (code: string): boolean =>
        !kept.has(code) && (isServer || !beforeLocations.has(code)) && (!answer || answer.args[0]?.value === code);
      const lost = (scope.outer?.effective('error_page') ?? []).flatMap((directive) => {
        const codes = codesOf(directive).filter(isLost);
        return codes.length > 0 ? { directive, codes } : [];
      });
      if (lost.length === 0) return;
      const codes = [...new Set(lost.flatMap((line) => line.codes))];
      const lines = lost.map((line) => `error_page ${[...line.codes, ...targetOf(line.directive)].join(' ')}`);
      report({
        message: 'lost',
        at: lostBy,
        data: { codes: listOf(codes), verb: codes.length === 1 ? 'is no longer' : 'are no longer' },
        related: lost.map(({ directive }) => ({ at: directive, message: 'set here and lost' })),
        fix: { title: 'Repeat the lost lines', edits: [insertBefore(lostBy, lines)] },
      });
    });
  },
});

/** What nginx answers before it looks for a location, with the page of the server: `ngx_http_process_request` and what runs before it. */
const beforeLocations: ReadonlySet<string> = new Set(['414', '494', '495', '496', '497']);

function codesOf({ args }: Directive): string[] {
  return args.slice(0, -1).flatMap(({ value }) => (value.startsWith('=') ? [] : value));
}

/** The page, and the code that it is sent with. */
function targetOf({ args }: Directive): string[] {
  return args.filter(({ value }, index) => index === args.length - 1 || value.startsWith('=')).map(({ raw }) => raw);
}
