import { isHttpUrl } from '../../model/scheme.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An error page by its full URL, so that what is missing is answered with a redirect',
    why: 'A full URL cannot be sent in place of the answer: clients get 302 to it, and the page there with its own status. Search engines keep the address, and programs and monitoring see no error.',
    how: {
      nginx: 'Name the page by its path, "error_page 404 /404.html;", or say "=302" where the redirect is meant.',
      apache: 'Name the page by its path: "ErrorDocument 404 /404.html".',
    },
    whenOff: 'Where clients are meant to be led to another site.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['error_page'], apache: ['errordocument'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page',
      'https://httpd.apache.org/docs/2.4/mod/core.html#errordocument',
      'https://developers.google.com/search/docs/crawling-indexing/http-network-errors',
    ],
  },
  messages: {
    redirect: 'What is answered with {{code}} becomes a redirect, status 302, to "{{url}}".',
  },
  check({ report }) {
    function check(page: Directive, codes: readonly Word[], url: Word | undefined): void {
      const code = codes.find(({ value }) => missing.has(value))?.value;
      if (!url || code === undefined || !isHttpUrl(url.value)) return;
      report({ message: 'redirect', at: placeIn(page, url), data: { code, url: url.value } });
    }

    return {
      directives: {
        error_page(page) {
          const codes = page.args.slice(0, -1);
          // A status that is written there is meant.
          if (!codes.some(({ value }) => value.startsWith('='))) check(page, codes, page.args.at(-1));
        },
        errordocument: (page) => check(page, page.args.slice(0, 1), page.args[1]),
      },
    };
  },
});

/** Of what is not there. Those of a login or of maintenance are led elsewhere on purpose. */
const missing: ReadonlySet<string> = new Set(['404', '410']);
