import { eachSite } from '../_shared/applications/each-need.ts';
import { needsOf } from '../_shared/applications/needs.ts';
import { apacheHttpPass, nginxHttpPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { messages } from './_path-advice.ts';
import { checkPrefix } from './_prefix.ts';
import { checkRawPath } from './_raw-path.ts';

export default defineRule({
  meta: {
    summary: 'An application gets other paths than its clients ask for',
    why: 'Applications look paths up, compare them with their own address, or check a signature over them: a path that was decoded, or has a prefix too much or too little, is another one.',
    how: {
      nginx:
        'Write proxy_pass without a URI, not even a slash, where the path must arrive as it was sent; with a slash at the end of both location and proxy_pass the prefix is removed.',
      apache:
        'Write "AllowEncodedSlashes NoDecode" in the virtual host and "nocanon" at the end of ProxyPass; give ProxyPass the same prefix on both sides where it must be kept.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass, apache: apacheHttpPass },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
      'https://httpd.apache.org/docs/2.4/mod/core.html#allowencodedslashes',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages,
  check: (context) =>
    eachSite(context, (site) => {
      const prefixes = site.base === '' ? [] : needsOf(site, 'sub-path');
      for (const need of prefixes) checkPrefix(context, site, need);
      if (prefixes.some(({ prefix }) => prefix === 'impossible')) return;
      for (const need of needsOf(site, 'raw-path')) checkRawPath(context, site, need);
    }),
});
