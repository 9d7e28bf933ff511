import { clientHost } from '../../servers/nginx/meaning/url-host.ts';
import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import type { Route } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { clientHostOfUrl, urlContextOf } from '../../servers/apache/meaning/url-host.ts';
import { listOf } from '../../text/words.ts';
import { extendedHost, readUrl } from '../../model/url.ts';
import { nginxPass, apachePass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { rewriteInto } from './_internal-reach.ts';
import { isAddress, nothing, hostVariables, namesAreFixed, severityOf } from './_client-hosts.ts';

export default defineRule({
  meta: {
    summary: 'A client chooses the host, port or scheme to which the server sends its request',
    why: 'Whoever chooses the target makes the server send requests in its name: to addresses of the internal network, to metadata services of a cloud, to anything that trusts this server.',
    how: 'Write scheme and host as fixed text, or let a "map" or a list of alternatives pick among fixed names. Make sure that a captured path begins with a slash: "http://backend/$1", or a group "(/.*)".',
    whenOff: 'Where this server reaches nothing that its clients do not reach themselves.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxPass(/\$/)], apache: [apachePass(/[$%]/)] },
    references: [
      'https://cwe.mitre.org/data/definitions/918.html',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassmatch',
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_p',
    ],
  },
  messages: {
    chosen: 'A client chooses where "{{target}}" leads: scheme, host or port come from {{variables}}.',
    extended:
      'A client can extend the host in "{{target}}": {{variables}} follows it without a slash, so that "{{host}}" becomes the beginning of another name.',
  },
  check: {
    nginx: ({ config, report }) => ({
      route(route) {
        if (route.handler.kind !== 'proxy' || route.preemptedBy) return;
        const { directive, target } = route.handler;
        const text = target.word.value;
        if (!text.includes('$')) return;
        const variables = variablesOf(config);
        const source = clientHost(
          text,
          directive,
          variables,
          namesAreFixed(route.virtualHost) ? hostVariables : nothing,
        );
        if (!source || (source.isPartial && source.isName)) return;
        const host = extendedHost(readUrl(text));
        // An appended port is digits; a name that is not known beforehand needs a resolver.
        const resolver = source.isPartial && !isAddress(host) ? resolverOf(route) : true;
        if (!resolver || (source.isPartial && /:\d+$/.test(host ?? ''))) return;
        const lead = route.internal ? rewriteInto(route, source.variables) : undefined;
        if (route.internal && !lead) return;
        const at = placeIn(directive, target.word);
        const related = source.through.map((by) => ({ at: by, message: 'the value comes from here' }));
        if (lead) related.unshift({ at: lead, message: 'leads clients into this internal location' });
        const names = listOf(source.variables.map((name) => `"$${name}"`));
        const confidence = resolver === true && !lead ? 'high' : 'medium';
        const common = { at, related, severity: severityOf(route), confidence } as const;
        if (host !== undefined)
          report({ ...common, message: 'extended', data: { target: text, variables: names, host } });
        else report({ ...common, message: 'chosen', data: { target: text, variables: names } });
      },
    }),
    apache: ({ config, report }) => ({
      route(route) {
        if (route.handler.kind !== 'proxy') return;
        const { target } = route.handler;
        const text = target.word.value;
        const source = clientHostOfUrl(text, urlContextOf(route, config, true));
        if (!source || (source.isPartial && source.isName)) return;
        const host = extendedHost(readUrl(text));
        const at = placeIn(route.handler.directive, target.word);
        const names = listOf(source.references.map((name) => `"${name}"`));
        const related = source.through.map((by) => ({ at: by, message: 'the value comes from here' }));
        const common = { at, related } as const;
        if (host !== undefined)
          report({ ...common, message: 'extended', data: { target: text, variables: names, host } });
        else
          report({
            ...common,
            message: 'chosen',
            data: { target: text, variables: names },
            severity: severityOf(route),
          });
      },
    }),
  },
});

/** Whether names can be looked up; without a resolver nginx finds only upstream groups and literal addresses. */
function resolverOf({ scope }: Route): boolean | 'unknown' {
  if (scope.effective('resolver').length > 0) return true;
  return scope.certainty('resolver') === 'known' ? false : 'unknown';
}
