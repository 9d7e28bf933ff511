import { unknown, type Model } from '../../model/model.ts';
import { defineRule } from '../define-rule.ts';
import { readUrl } from '../../model/url.ts';

export default defineRule({
  meta: {
    summary: 'A rewrite rule proxies to a fixed backend',
    why: 'Requests of a RewriteRule with [P] share no pool of connections unless a worker is defined for the URL, and its parameters (timeout, keepalive) cannot be set.',
    how: 'Use ProxyPass, or ProxyPassMatch for a pattern.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { apache: ['rewriterule'] },
    references: [
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_p',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#workers',
    ],
  },
  messages: {
    fixed:
      '"{{backend}}" is always the same backend: "ProxyPass" keeps its connections, "RewriteRule" with [P] does not.',
  },
  check({ model, report }) {
    let sections: readonly string[] | undefined;
    const known = new Map<string, boolean>();

    /** Whether a `<Proxy>` section may hold settings for the backend. */
    function hasSection(origin: string): boolean {
      sections ??= proxySections(model);
      let answer = known.get(origin);
      if (answer === undefined) known.set(origin, (answer = sections.some((url) => url.startsWith(origin))));
      return answer;
    }

    return {
      route({ handler, directive, conditions }) {
        if (handler.kind !== 'proxy' || directive.key !== 'rewriterule' || conditions.length > 0) return;
        const { host, scheme, word } = handler.target;
        if (host === unknown || scheme === unknown || /[$%]/.test(host)) return;
        const { pathAndQuery } = readUrl(word.value);
        const origin = word.value.slice(0, pathAndQuery.start);
        if (!hasSection(origin)) report({ message: 'fixed', at: directive, data: { backend: origin } });
      },
    };
  },
});

/** The URLs of the sections that hold in some virtual host, each once. */
function proxySections({ virtualHosts }: Model): readonly string[] {
  const urls = new Set<string>();
  for (const { scope } of virtualHosts)
    for (const { args } of scope.effective('proxy')) if (args[0]) urls.add(args[0].value);
  return [...urls];
}
