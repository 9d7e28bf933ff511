import type { Route } from '../../model/model.ts';
import { enclosing, type Block } from '../../syntax/tree.ts';
import { childrenNamed, directivesByKey } from '../../syntax/walk.ts';
import { ApacheSections, forEachBlock, isConditional } from '../../servers/apache/meaning/section-kinds.ts';
import { defineRule } from '../define-rule.ts';
import { legacyGroups } from '../../servers/apache/meaning/access-compat.ts';
import { accessList, asksForLogin, satisfiesAny } from '../../servers/nginx/meaning/access-lists.ts';
import { covers, textOf, grantsAll, isPositive, overruledDeny } from './_overruled-access.ts';

export default defineRule({
  meta: {
    summary: 'An access rule that never decides anything',
    why: 'nginx takes the first rule that fits, Apache lets one "Require" of several decide, and "satisfy any" lets a password overrule a denied address: the clients that the rule means get in, or stay out, all the same.',
    how: {
      nginx: 'Put the special cases before the general ones and end with "deny all".',
      apache:
        'Remove "Require all granted", or put what must hold together into <RequireAll>. Of sections for the same requests the last one counts: put the narrower one behind.',
    },
    whenOff: 'Where the line is kept for the day on which those before it go.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['deny'], apache: ['deny', { require: /^granted$/i }] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_access_module.html',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#satisfy',
      'https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require',
    ],
  },
  messages: {
    unreached: '"{{rule}}" is never asked: the earlier "{{earlier}}" decides for the same clients.',
    satisfyAny:
      '"{{rule}}" keeps nobody out: under "satisfy any" these clients get in with a login, and all others need one too.',
    granted: '"{{rule}}" has no effect beside "Require all granted": one of the two is enough.',
    overridden:
      '"{{rule}}" has no effect: <{{section}} {{path}}> holds for the same requests, comes later, and its "Require all granted" takes the place.',
    allowWins: '"{{rule}}" has no effect: in the order "Deny,Allow", "Allow from all" overrules it.',
  },
  check: {
    nginx: ({ report }) => ({
      block(block) {
        const list = accessList(block);
        if (!list) return;
        for (const [index, rule] of list.entries()) {
          const earlier = index > maximalList ? undefined : list.slice(0, index).find((other) => covers(other, rule));
          if (!earlier || earlier.key === rule.key) continue;
          const data = { rule: textOf(rule), earlier: textOf(earlier) };
          report({ message: 'unreached', at: rule, data, related: [{ at: earlier, message: 'decides first' }] });
        }
        const [deny] = list;
        const deniesSome = list.every(({ key, args }) => key === 'deny' && args[0]!.value !== 'all');
        if (deny && deniesSome && satisfiesAny(block) && asksForLogin(block))
          report({ message: 'satisfyAny', at: deny, data: { rule: textOf(deny) } });
      },
    }),
    apache({ config, targets, report }) {
      const requires = directivesByKey(config.file.root).get('require') ?? [];
      const granting = new Set(requires.filter(grantsAll).map(({ parent }) => parent));

      function checkRequire(block: Block): void {
        if (!granting.has(block)) return;
        if (block.owner && (isConditional(block.owner) || /^require(?:all|none)$/.test(block.owner.key))) return;
        const rules = block.directives.filter(({ key }) => key === 'require');
        const granted = rules.find(grantsAll);
        const other = granted && rules.find((rule) => rule !== granted && isPositive(rule));
        if (!other) return;
        const related = [{ at: granted, message: 'lets everybody in' }];
        report({ message: 'granted', at: other, data: { rule: textOf(other) }, related });
      }

      function checkSection({ directive, scope }: Route): void {
        if (!directive.key.startsWith('location') || !directive.block || scope.effective('authmerging').length > 0)
          return;
        const own = childrenNamed(directive.block, 'require');
        const rule = own.find(isPositive);
        const inForce = scope.effective('require');
        const granted = inForce.find(grantsAll);
        const section = granted && enclosing(granted);
        if (!rule || !section || !section.key.startsWith('location') || own.some((each) => inForce.includes(each)))
          return;
        const data = { rule: textOf(rule), section: section.name.value, path: section.args.at(-1)?.value ?? '' };
        report({ message: 'overridden', at: rule, data, related: [{ at: granted, message: 'counts instead' }] });
      }

      return {
        route: checkSection,
        start() {
          forEachBlock(config, new ApacheSections(config, targets), checkRequire);
          for (const group of legacyGroups(config, targets)) {
            const overruled = overruledDeny(group);
            if (!overruled) continue;
            const related = [{ at: overruled.allow, message: 'overrules it' }];
            report({ message: 'allowWins', at: overruled.deny, data: { rule: textOf(overruled.deny) }, related });
          }
        },
      };
    },
  },
});

/** Longer lists are blocklists of single addresses; comparing all pairs of them would take too long. */
const maximalList = 200;
