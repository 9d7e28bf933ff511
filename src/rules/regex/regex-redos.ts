import type { VulnerableDiagnostics } from 'recheck';

import { hasNestedRepetition, hasRepetition } from '../../regex/nesting.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { mapPatterns } from '../../servers/nginx/meaning/maps.ts';
import { defineRule } from '../define-rule.ts';
import { loadChecker } from './_complexity.ts';
import { Judge } from './_judge.ts';
import { apachePattern, apachePatternKeys, nginxPatterns, type PatternUse } from './_patterns.ts';

export default defineRule({
  meta: {
    summary: 'A pattern that takes exponential time on texts made for it',
    why: 'Each further character of such a text doubles the time, up to the limit of PCRE: a few requests keep a processor busy, and the request that hits the limit fails.',
    how: 'Let the inner and the outer repetition not match the same text: "(?:[a-z]+)*" is "[a-z]*". Possessive quantifiers ("++") and atomic groups "(?>...)" help too.',
    whenOff: 'Where you alone choose the text, or something in front keeps it short.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    options: {
      degree: {
        type: 'integer',
        minimum: 0,
        default: 0,
        description:
          'Report also polynomial time of this degree or a higher one; 0: exponential time only. For texts of the length of a URL a degree of 3 reaches the limit of PCRE too.',
      },
    },
    pedanticOptions: { degree: 2 },
    references: [
      'https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS',
      'https://makenowjust-labs.github.io/recheck/',
      'https://www.pcre.org/current/doc/html/pcre2perform.html',
    ],
  },
  messages: {
    exponential: 'The pattern "{{pattern}}" takes exponential time on texts such as {{attack}}.',
    polynomial:
      'The time of the pattern "{{pattern}}" grows with the length of texts such as {{attack}} to the power of {{degree}}.',
  },
  check({ dialect, options, report }) {
    const leastDegree = options.degree || Number.POSITIVE_INFINITY;
    const isSuspect = Number.isFinite(leastDegree) ? hasRepetition : hasNestedRepetition;
    const suspects = new Map<string, PatternUse>();

    function collect(use: PatternUse | undefined): void {
      if (!use || use.pattern.length > maximalLength || !isSuspect(use.pattern)) return;
      const key = `${use.caseInsensitive}${use.pattern}`;
      if (!suspects.has(key)) suspects.set(key, use);
    }

    const nginx = (directive: Directive): void => nginxPatterns(directive).forEach(collect);
    const map = (directive: Directive): void => {
      for (const { entry, pattern, caseInsensitive } of mapPatterns(directive))
        collect({ directive: entry, word: entry.name, pattern, caseInsensitive, subject: 'other' });
    };
    const apache = (directive: Directive): void => collect(apachePattern(directive));

    async function judgeAll(): Promise<void> {
      if (suspects.size === 0) return;
      const checkSync = await loadChecker();
      const judge = new Judge(checkSync);
      for (const use of [...suspects.values()].slice(0, maximalPatterns)) {
        const judgement = judge.of(use.pattern, use.caseInsensitive);
        if (!judgement) continue;
        if (judge.isExhausted) return;
        if (judgement.result?.status === 'vulnerable') tell(use, judgement.result);
      }
    }

    function tell(
      { directive, word, pattern, subject }: PatternUse,
      { complexity, attack }: VulnerableDiagnostics,
    ): void {
      if (complexity.type === 'polynomial' && complexity.degree < leastDegree) return;
      const isWitness = subject === 'path' && attack.string.startsWith('/');
      const common = {
        at: placeIn(directive, word),
        ...(isWitness && { witness: `time curl -so /dev/null 'http://localhost${encoded(attack.string)}'` }),
      };
      const data = { pattern, attack: attack.pattern };
      if (complexity.type === 'exponential') report({ ...common, message: 'exponential', data });
      else {
        const degree = complexity.degree;
        report({ ...common, message: 'polynomial', data: { ...data, degree }, severity: 'info', confidence: 'low' });
      }
    }

    return {
      directives:
        dialect === 'apache'
          ? Object.fromEntries(apachePatternKeys.map((key) => [key, apache]))
          : {
              location: nginx,
              rewrite: nginx,
              if: nginx,
              server_name: nginx,
              valid_referers: nginx,
              map,
            },
      end: judgeAll,
    };
  },
});

/** Longer patterns are lists of words, which cost the library seconds. */
const maximalLength = 500;
const maximalPatterns = 20;

/** As a path of a URL. A null byte, which servers refuse, only stands for what the pattern does not match. */
function encoded(text: string): string {
  return encodeURI(text.replaceAll('\0', '\x01')).replace(
    /[?#']/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
