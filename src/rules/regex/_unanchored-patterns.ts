import { placeIn } from '../../syntax/tree.ts';
import type { RuleContext } from '../define-rule.ts';
import { freeAlternatives } from './_anchors.ts';
import type { PatternUse } from './_patterns.ts';

export const messages = {
  handler:
    '"{{directive}}" takes the extension "{{extension}}" anywhere in a name: "{{example}}" is handled as a script too.',
  script:
    'The pattern "{{pattern}}" has no "$" at its end: a name such as "{{example}}" matches too and is handled as a script.',
  free: 'The pattern "{{pattern}}" is anchored at neither end, so that it matches anywhere in a path.',
  alternative:
    'The alternative "{{alternative}}" of the pattern "{{pattern}}" is anchored at neither end, so that it matches anywhere in a path.',
  extension: 'The pattern "{{pattern}}" has no "$" at its end: a name such as "{{example}}" matches too.',
} as const;

export type Context = Pick<RuleContext<typeof messages>, 'report'>;

export function checkAnchors({ report }: Context, { directive, word, pattern }: PatternUse): void {
  const { alternatives, free } = freeAlternatives(pattern);
  if (free.length === 0) return;
  const common = {
    at: placeIn(directive, word),
    severity: 'info',
    how: 'Begin the pattern with "^", or end it with "$".',
  } as const;
  if (free.length === alternatives.length) report({ ...common, message: 'free', data: { pattern } });
  else report({ ...common, message: 'alternative', data: { pattern, alternative: free[0]! } });
}
