import type { Edit } from '../finding.ts';
import { unknown, type Match, type VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { nginxRedirects, apacheRedirects } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { httpsRedirect } from './_https-redirects.ts';
import { fixedBeginning, readUrl } from '../../model/url.ts';

const temporary: ReadonlySet<number> = new Set([302, 303, 307]);

export default defineRule({
  meta: {
    summary: 'A redirect to HTTPS that is only temporary',
    why: 'Browsers and search engines do not keep a temporary redirect: each visit starts over plain HTTP again, where it can be intercepted.',
    how: 'Use status 301 or 308 once HTTPS is there to stay.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: nginxRedirects, apache: apacheRedirects },
    fixable: 'unsafe',
    references: ['https://www.rfc-editor.org/rfc/rfc9110#section-15.4'],
  },
  messages: { temporary: 'This redirect to HTTPS has status {{status}}, so browsers do not keep it.' },
  check({ report }) {
    const seen = new Set<Directive>();

    return {
      route(route) {
        const redirect = httpsRedirect(route);
        if (!redirect?.to || redirect.status === unknown || !temporary.has(redirect.status)) return;
        const { directive, status, to } = redirect;
        if (
          route.virtualHost.overTls === true ||
          seen.has(directive) ||
          !takesAll(route.match) ||
          !isSameSite(to, route.virtualHost)
        )
          return;
        seen.add(directive);
        const edit = makePermanent(directive, to);
        report({
          message: 'temporary',
          at: directive,
          data: { status },
          witness: `curl -i 'http://host/'`,
          ...(edit && { fix: { title: 'Redirect for good', edits: [edit] } }),
        });
      },
    };
  },
});

/** A redirect of some paths is about these paths. */
function takesAll({ kind, pattern }: Match): boolean {
  if (kind === 'regex') return /^\^?\/?\??(?:\(?\.\*\)?)?\$?$/.test(pattern);
  return kind === 'all' || kind === 'condition' || pattern === '/';
}

/** To the name that was asked for, or to one that the host answers to. */
function isSameSite({ value }: Word, { names }: VirtualHost): boolean {
  const { host } = readUrl(value);
  if (/^\$\{?(?:host|http_host|server_name)\b|^%\{(?:HTTP_HOST|SERVER_NAME)\}/i.test(host.text)) return true;
  const name = fixedBeginning(host).toLowerCase();
  return names.some(({ text }) => text.toLowerCase() === name || `www.${text.toLowerCase()}` === name);
}

/** Undefined for the flags of a RewriteRule, which are many in one word. */
function makePermanent(directive: Directive, to: Word): Edit | undefined {
  const { key, args } = directive;
  const insert = (before: Word, text: string): Edit => ({
    place: placeIn(directive, { start: before.start, end: before.start }),
    text,
  });
  if (key === 'return') return args[0] === to ? insert(to, '301 ') : replace(directive, args[0]!, '301');
  if (key === 'rewrite') {
    const flag = args[2];
    if (flag?.value === 'redirect') return replace(directive, flag, 'permanent');
    const end = to.end;
    return flag ? undefined : { place: placeIn(directive, { start: end, end }), text: ' permanent' };
  }
  if (key === 'redirecttemp') return replace(directive, directive.name, 'RedirectPermanent');
  if (key !== 'redirect' && key !== 'redirectmatch') return undefined;
  return /^(?:temp|seeother|30[237])$/i.test(args[0]!.value)
    ? replace(directive, args[0]!, 'permanent')
    : insert(args[0]!, 'permanent ');
}

function replace(directive: Directive, word: Word, text: string): Edit {
  return { place: placeIn(directive, word), text };
}
