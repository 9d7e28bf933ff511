/** What is wrong with a ProxyPassReverse by itself, whatever is proxied. */
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { patternSection } from '../../servers/apache/meaning/proxy-pass.ts';
import type { RuleContext } from '../define-rule.ts';

export const messages = {
  otherUrl:
    'ProxyPassReverse for "{{path}}" names "{{url}}", but the path is proxied to "{{target}}": redirects are not mapped back.',
  scheme: 'Redirects of an HTTP/2 backend carry "{{scheme}}", so "{{url}}" maps none of them back.',
  pattern:
    'In <{{section}}> ProxyPassReverse puts the pattern itself, "{{pattern}}", into the redirects of the backend as their path.',
  otherPath:
    'ProxyPassReverse for "{{path}}" names "{{url}}": a redirect to "{{from}}" becomes "{{to}}", but clients find that under "{{meant}}".',
  slash:
    'ProxyPassReverse for "{{path}}" names "{{url}}" with other slashes at the end: a redirect to "{{from}}" becomes "{{to}}".',
} as const;

type Context = Pick<RuleContext<typeof messages>, 'report'>;

export function checkScheme({ report }: Context, directive: Directive): void {
  const word = directive.args.at(-1);
  const scheme = /^h2c?(?=:)/i.exec(word?.value ?? '')?.[0].toLowerCase();
  if (!word || scheme === undefined) return;
  const meant = scheme === 'h2' ? 'https' : 'http';
  const edits = [{ place: placeIn(directive, word), text: word.raw.replace(/h2c?(?=:)/i, meant) }];
  report({
    message: 'scheme',
    at: placeIn(directive, word),
    confidence: 'high',
    data: { scheme: `${meant}://`, url: word.value },
    fix: { title: `Write "${meant}://"`, edits },
  });
}

export function checkSection({ report }: Context, directive: Directive): void {
  const section = patternSection(directive);
  if (!section) return;
  const data = { section: section.name.value, pattern: section.args.at(-1)?.value ?? '' };
  report({
    message: 'pattern',
    at: directive,
    confidence: 'high',
    data,
    how: 'Write ProxyPassReverse with path and URL outside of the section.',
  });
}
