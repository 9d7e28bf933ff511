import { isHttpUrl } from '../../model/scheme.ts';
import { enclosing, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A Redirect with a URL only, in a <Location>, which drops the rest of the path',
    why: 'On the level of the server Redirect appends what follows the path. With the path in <Location> instead, every request below it is sent to the same URL.',
    how: 'Write "Redirect /path URL" outside the section, or the whole URL as an expression: "https://host%{REQUEST_URI}".',
    whenOff: 'Where all paths below are meant to lead to the one URL.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect'],
  },
  messages: {
    dropped:
      'Every request below "{{path}}" is sent to "{{url}}" itself: in <Location> the rest of the path is not added.',
  },
  check({ report }) {
    function check(directive: Directive): void {
      const section = enclosing(directive);
      const url = soleUrl(directive);
      const path = section?.args[0]?.value ?? '';
      if (!url || section?.key !== 'location' || !path.startsWith('/') || /[*?[$]|%\{/.test(path)) return;
      if (/[$%]/.test(url.value) || !(isHttpUrl(url.value) || url.value.startsWith('/'))) return;
      // A page that moved, or a path that has one page only.
      const isPage = /\.\w+$/.test(path) || !(url.value.endsWith('/') || path.endsWith('/'));
      report({
        message: 'dropped',
        at: placeIn(directive, url),
        data: { path, url: url.value },
        ...(isPage && { severity: 'info', confidence: 'low' }),
      });
    }

    return { directives: { redirect: check, redirectpermanent: check, redirecttemp: check } };
  },
});

const status = /^(?:permanent|temp|seeother|3\d\d)$/i;

/** The URL where no path stands before it; undefined for a status without one. */
function soleUrl({ key, args }: Directive): Word | undefined {
  const words = key === 'redirect' && args[0] && status.test(args[0].value) ? args.slice(1) : args;
  return words.length === 1 ? words[0] : undefined;
}
