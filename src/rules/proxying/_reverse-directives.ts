/** What is wrong with a ProxyPassReverse, or one for cookies, by itself, whatever is proxied. */
import { isHttpUrl } from '../../model/scheme.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
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
  cookieTo:
    '"{{name}}" puts "{{url}}" into the cookies of the backend, where a {{what}} belongs: browsers do not take it.',
  cookieFrom: 'No cookie has the {{what}} "{{url}}": "{{name}}" maps none.',
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

/** `ProxyPassReverseCookiePath` and `ProxyPassReverseCookieDomain` take what they replace, and what they put in its place. */
export function checkCookies({ report }: Context, directive: Directive): void {
  const isPath = directive.key.endsWith('path');
  const [from, to] = directive.args;
  const isWrong = ({ value }: Word): boolean => (isPath ? isHttpUrl(value) : value.includes('/'));
  const data = { name: directive.name.value, what: isPath ? 'path' : 'domain' };
  const common = { confidence: 'high', why: cookieWhy, how: cookieHow } as const;
  if (to && isWrong(to)) {
    report({ message: 'cookieTo', at: placeIn(directive, to), ...common, data: { ...data, url: to.value } });
  } else if (to && from && isWrong(from)) {
    report({ message: 'cookieFrom', at: placeIn(directive, from), ...common, data: { ...data, url: from.value } });
  }
}

const cookieWhy =
  'Cookies that are not sent back end the session of the application: a login is asked for again and again.';
const cookieHow =
  'Write two paths, "ProxyPassReverseCookiePath / /app/", and two names, "ProxyPassReverseCookieDomain backend.internal app.example.com".';
