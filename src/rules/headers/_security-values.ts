/** What browsers know as values of security headers; as of November 2026. */
import { wordTable } from '../../text/word-table.ts';

const values: Readonly<Record<string, readonly string[] | undefined>> = wordTable({
  'x-frame-options': ['DENY', 'SAMEORIGIN'],
  'x-content-type-options': ['nosniff'],
  'referrer-policy': [
    'no-referrer',
    'no-referrer-when-downgrade',
    'same-origin',
    'origin',
    'strict-origin',
    'origin-when-cross-origin',
    'strict-origin-when-cross-origin',
    'unsafe-url',
  ],
});

export function knownValues(header: string): readonly string[] {
  return values[header] ?? [];
}

export type ValueFault = { readonly kind: 'value' } | { readonly kind: 'quotes'; readonly word: string };

/** `header` in lower case. Undefined for a value that is understood, and for headers that are not known here. */
export function valueFault(header: string, value: string): ValueFault | undefined {
  if (header === 'content-security-policy' || header === 'content-security-policy-report-only') {
    const word = unquotedKeyword(value);
    return word === undefined ? undefined : { kind: 'quotes', word };
  }
  const known = values[header];
  if (!known || value.trim() === '') return undefined;
  const given = value.split(',').map((each) => each.trim().toLowerCase());
  // The last one that is known counts; of X-Frame-Options there may be one alone.
  const isKnown = (each: string): boolean => known.some((name) => name.toLowerCase() === each);
  const holds = header === 'x-frame-options' ? new Set(given).size === 1 && isKnown(given[0]!) : given.some(isKnown);
  return holds ? undefined : { kind: 'value' };
}

/** A keyword of a source list without the single quotes that it stands in; undefined if there is none. */
function unquotedKeyword(policy: string): string | undefined {
  for (const directive of policy.split(';')) {
    const words = directive.split(/\s/);
    const name = words.findIndex((word) => takesSources.test(word));
    const keyword = name === -1 ? undefined : words.find((word, index) => index > name && keywords.test(word));
    if (keyword !== undefined) return keyword;
  }
  return undefined;
}

const takesSources = /^(?:[a-z]+-)*(?:src|action|ancestors|uri)(?:-\w+)?$/i;
const keywords = /^(?:self|none|unsafe-inline|unsafe-eval|strict-dynamic)$/i;
