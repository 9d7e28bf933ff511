import type { Directive } from '../../syntax/tree.ts';
import { CoveredPaths } from '../_shared/covered-paths.ts';
import { comparesPattern, patternSection } from '../../servers/apache/meaning/proxy-pass.ts';
import { defineRule } from '../define-rule.ts';
import { suspectMappings } from './_covered-routes.ts';
import { messages, type Context, checkLocations, textOf } from './_unreachable-locations.ts';

export default defineRule({
  meta: {
    summary: 'A location, ProxyPass or RewriteRule that no request reaches',
    why: 'Another one takes every request that it could match, so what it says about these paths, access rules too, has no effect.',
    how: {
      nginx:
        'Put the narrower regular expression first, or make a prefix win with "^~" or "=". Remove what is not needed.',
      apache: 'Put the narrower mapping first. Remove what is not needed.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const covered = new CoveredPaths();
      return {
        virtualHost: (host) => checkLocations(context, host, covered),
        end: () => reportCovered(context, covered),
      };
    },
    apache(context) {
      const covered = new CoveredPaths();
      return {
        directives: { proxypass: (directive) => checkPattern(context, directive) },
        virtualHost: (host) => suspectMappings(host, covered, context.config),
        end: () => reportCovered(context, covered),
      };
    },
  },
});

async function reportCovered({ report }: Context, covered: CoveredPaths): Promise<void> {
  for (const { inner, outer, path } of await covered.proven()) {
    report({
      message: 'covered',
      at: inner.directive,
      data: { text: textOf(inner.directive), other: textOf(outer.directive) },
      related: [{ at: outer.directive, message: 'takes the requests' }],
      witness: `curl -i 'http://host${path}'`,
    });
  }
}

function checkPattern({ report }: Context, directive: Directive): void {
  const url = directive.args[0]?.value ?? '';
  const section = patternSection(directive);
  if (!section || directive.args.length === 0 || comparesPattern(directive)) return;
  report({
    message: 'literal',
    at: directive,
    severity: url === '!' ? 'warning' : 'error',
    data: { url, section: section.name.value, pattern: section.args.at(-1)!.value },
    how: url.includes('$')
      ? 'Write ProxyPassMatch: it compares the pattern, and knows its groups.'
      : 'Use a <Location> with a plain path, or ProxyPassMatch with the groups of the pattern in its URL.',
  });
}
