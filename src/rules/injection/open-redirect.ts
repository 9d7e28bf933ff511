import type { Route } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { extendedHost, readUrl } from '../../model/url.ts';
import { nginxRedirects, apacheRedirects } from '../_shared/needs.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { apacheRedirect, isBareOrigin, isPath, nginxRedirect, type Found } from './_chosen-redirects.ts';

const messages = {
  glued:
    'The rest of the path follows "{{target}}" without a slash: "{{path}}.evil.example" redirects to "{{target}}.evil.example".',
  chosen: 'A client chooses the site to which "{{target}}" redirects: it comes from {{variables}}.',
  extended:
    'A client can extend the host in "{{target}}": {{variables}} follows it without a slash, so that "{{host}}" becomes the beginning of another name.',
} as const;

export default defineRule({
  meta: {
    summary: 'A link to this server can redirect to any other site',
    why: 'The link shows a name that people trust and leads to a site of an attacker: for phishing, and to steal tokens that a login appends to its redirect.',
    how: 'Write scheme and host as fixed text and put a slash behind the host: "https://example.com/$1". Where the target must vary, let a "map" pick among known ones.',
    whenOff: 'Where the service exists to redirect to anywhere.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxRedirects, apache: apacheRedirects },
    fixable: 'unsafe',
    references: [
      'https://cwe.mitre.org/data/definitions/601.html',
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirectmatch',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const check = (directive: Directive): void => tell(context, nginxRedirect(directive, context.config));
      return { directives: { return: check, rewrite: check } };
    },
    apache: (context) => ({
      route(route) {
        tell(context, apacheRedirect(route, context.config));
        checkPrefix(context, route);
      },
    }),
  },
});

type Context = Pick<RuleContext<typeof messages>, 'config' | 'report'>;

/** `Redirect / https://host`: what comes behind the slash of the path is put behind the host. */
function checkPrefix({ report }: Context, { handler, match, directive }: Route): void {
  if (handler.kind !== 'redirect' || !handler.to || match.kind !== 'prefix' || !match.pattern.endsWith('/')) return;
  const { to: word } = handler;
  if (!/^redirect(?:permanent|temp)?$/.test(directive.key) || !directive.args.some(isPath)) return;
  if (!isBareOrigin(word.value)) return;
  const at = placeIn(directive, word);
  const end = word.end - (word.quote === '' ? 0 : 1);
  report({
    message: 'glued',
    at,
    data: { target: word.value, path: match.pattern },
    how: 'End both with a slash: "Redirect / https://example.com/".',
    witness: `curl -i 'http://host${match.pattern}.evil.example'`,
    fix: { title: 'Add the final slash', edits: [{ place: { ...at, start: end, end }, text: '/' }] },
  });
}

function tell({ report }: Context, found: Found | undefined): void {
  if (!found) return;
  const { directive, word, related, severity } = found;
  const url = readUrl(word.value);
  const host = extendedHost(url) ?? /^\$(?:(?:http_)?host|\{(?:http_)?host\})(?=[$%])/i.exec(url.authority.text)?.[0];
  const at = placeIn(directive, word);
  const data = { target: word.value, variables: listOf(found.variables.map((name) => `"${name}"`)) };
  if (host === undefined) report({ message: 'chosen', at, data, related, severity });
  else {
    const end = at.start + word.raw.indexOf(host) + host.length;
    const fix = { title: 'Put a slash behind the host', edits: [{ place: { ...at, start: end, end }, text: '/' }] };
    report({
      message: 'extended',
      at,
      data: { ...data, host },
      related,
      severity,
      // Elsewhere the text itself mostly begins with a slash, which would be doubled.
      ...(directive.args.some(({ value }) => /^\^\/?\(/.test(value)) && { fix }),
    });
  }
}
