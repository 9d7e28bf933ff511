import { captureGroups, type CaptureGroup } from '../../regex/captures.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { advisories, isAffected } from './_advisories.ts';
import { isRedirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';

export default defineRule({
  meta: {
    summary:
      'A rewrite that uses a group and another one inside it, which old nginx releases answer with a buffer overflow',
    why: 'Before 1.30.2 and 1.31.1 nginx reserves too little memory for such a replacement (CVE-2026-9256): a path of characters that need escaping writes beyond it.',
    how: 'Use groups that do not lie within each other: "(?:...)" for the outer or the inner one. Or update nginx.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['rewrite'] },
    references: ['https://nginx.org/en/security_advisories.html', 'https://www.cve.org/CVERecord?id=CVE-2026-9256'],
  },
  messages: {
    overlapping:
      'The replacement uses the groups "${{outer}}" and "${{inner}}", of which the second lies within the first.',
  },
  check({ targets, report }) {
    const affected = isAffected(advisories['CVE-2026-9256'], targets.nginx);
    if (affected === false) return {};
    return {
      directives: {
        rewrite: (directive) => {
          const pair = overlap(directive);
          if (!pair) return;
          const data = { outer: pair[0].number, inner: pair[1].number };
          const severity = affected === true ? 'warning' : 'info';
          report({ message: 'overlapping', at: placeIn(directive, directive.args[1]!), data, severity });
        },
      },
    };
  },
});

/** Two used groups, the second within the first, in a replacement whose length nginx estimates. */
function overlap({ args: [pattern, replacement, flag] }: Directive): [CaptureGroup, CaptureGroup] | undefined {
  if (!pattern || !replacement || /\$\{?[a-z_]/i.test(replacement.value)) return undefined;
  const isRedirect = /^(?:redirect|permanent)$/.test(flag?.value ?? '') || isRedirectUrl(replacement.value);
  const escaped = isRedirect ? replacement.value : (/^[^?]*\?(.+)$/s.exec(replacement.value)?.[1] ?? '');
  const all = groupsIn(replacement.value);
  const numbers = new Set(groupsIn(escaped));
  // A group that is written twice makes nginx reckon the length of each request.
  if (numbers.size < 2 || new Set(all).size < all.length) return undefined;
  const used = captureGroups(pattern.value).filter(({ number }) => numbers.has(number));
  for (const outer of used) {
    const inner = used.find((other) => other !== outer && other.start > outer.start && other.end <= outer.end);
    if (inner) return [outer, inner];
  }
  return undefined;
}

function groupsIn(replacement: string): number[] {
  return [...replacement.matchAll(/\$([1-9])/g)].map((match) => Number(match[1]));
}
