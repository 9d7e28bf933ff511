import { Environment } from '../../servers/apache/meaning/environment.ts';
import { unknown } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { walk } from '../../syntax/walk.ts';
import { isSibling, Suggestions } from '../../text/suggest.ts';
import { apachePass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { balancerName } from '../../servers/apache/meaning/target.ts';

export default defineRule({
  meta: {
    summary: 'A proxy target with the name of a balancer that has no members',
    why: 'httpd makes an empty balancer of the name and answers each request with 503: "No workers in balancer".',
    how: 'Name the balancer of a <Proxy "balancer://..."> section with BalancerMember lines.',
    whenOff: 'Where the members stand in a file that proxylint does not see.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: [apachePass(/balancer:|\$\{/i)] },
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#balancermember'],
  },
  messages: {
    unknown: 'No member belongs to "balancer://{{name}}".',
    misspelled: 'No member belongs to "balancer://{{name}}"; did you mean "balancer://{{nearest}}"?',
  },
  check({ config, targets, report }) {
    const suggestions = new Suggestions();
    const named = new Set<string>();
    let areAllKnown = config.serversComplete;

    function readNames(): void {
      const environment = new Environment(config, targets);
      walk(config.file.root, ({ key, args: [word] }) => {
        if ((key !== 'proxy' && key !== 'balancermember') || !word) return;
        const url = environment.text(word);
        const name = url === unknown ? undefined : balancerName(url);
        if (name !== undefined) named.add(name.toLowerCase());
        // A macro or a template names it.
        else if (url === unknown) areAllKnown = false;
      });
    }

    return {
      start: readNames,
      route({ handler }) {
        if (handler.kind !== 'proxy' || handler.target.scheme !== 'balancer' || handler.target.upstream) return;
        const { host: name, word } = handler.target;
        if (name === unknown || named.has(name.toLowerCase())) return;
        const nearest = suggestions.for(name, () => named);
        const at = placeIn(handler.directive, word);
        if (nearest !== undefined && (areAllKnown || !isSibling(name, nearest)))
          report({ message: 'misspelled', at, data: { name, nearest }, confidence: areAllKnown ? 'high' : 'medium' });
        else if (areAllKnown) report({ message: 'unknown', at, data: { name } });
      },
    };
  },
});
