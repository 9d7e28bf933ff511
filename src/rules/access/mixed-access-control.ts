import type { VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { toBytes } from '../../text/bytes.ts';
import { ask } from '../../requests/ask.ts';
import { anyClient, curlOf, requestTo } from '../../requests/request-to.ts';
import { legacyAccess } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { legacyGroups, type AccessGroup } from '../../servers/apache/meaning/access-compat.ts';
import { grantingLocations, satisfyAny, openedBy, textOf, clientRequirement } from './_openings.ts';

export default defineRule({
  meta: {
    summary: 'Access control of httpd 2.2 and 2.4 in one section',
    why: 'A client must satisfy both "Require" and "Order"/"Allow"/"Deny", or, with "Satisfy Any", either; what one of them grants the other still denies, which few readers expect.',
    how: 'Keep the "Require" lines and remove "Order", "Allow", "Deny" and "Satisfy".',
    whenOff: 'While a config moves from httpd 2.2 to 2.4 and both forms were tried together.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: legacyAccess },
    references: [
      'https://httpd.apache.org/docs/2.4/howto/access.html',
      'https://httpd.apache.org/docs/2.4/upgrading.html#access',
    ],
  },
  messages: {
    open: '"{{satisfy}}" lets everybody in here, whatever "{{require}}" asks for: nothing is denied, and either is enough.',
    either: '"{{legacy}}" stands beside "Require" in one section: with "Satisfy Any" either of them is enough.',
    refused:
      '"Require all granted" does not let everybody in here: "{{legacy}}" of a directory holds beside it, and refuses clients.',
    mixed: '"{{legacy}}" stands beside "Require" in one section: a client has to pass both.',
  },
  check: (context) => {
    const { config, targets, report } = context;
    let groups: readonly AccessGroup[] = [];

    /** The old form is merged apart from the new one: what a path grants does not lift what its directory denies. */
    function checkHost(host: VirtualHost): void {
      for (const location of groups.length > 0 ? grantingLocations(host).slice(0, maxLocations) : []) {
        const request = requestTo(host, host.listeners[0], toBytes(location.path));
        const trace = request && ask(context, { ...request, from: anyClient });
        const by = trace?.steps.findLast(({ does }) => does === 'refuse')?.place;
        if (trace?.outcome.kind !== 'response' || trace.outcome.status !== 403 || !by) continue;
        const legacy = by.file.text.slice(by.start, by.end);
        const related = [{ at: by, message: 'refuses clients' }];
        report({ message: 'refused', at: location.require, data: { legacy }, related, witness: curlOf(request!) });
      }
    }

    function checkGroups(): void {
      function reportOpen({ require }: AccessGroup, satisfy: Directive): void {
        const [first] = require;
        report({
          message: 'open',
          at: satisfy,
          severity: 'error',
          data: { satisfy: textOf(satisfy), require: textOf(first!) },
          related: [{ at: first!, message: 'is asked of nobody' }],
          how: 'Remove "Satisfy", and let "Require" lines say who may come in; one of them is enough. With "Order", deny first: "Order deny,allow", "Deny from all".',
        });
      }

      groups = legacyGroups(config, targets);
      for (const group of groups) {
        const [legacy] = group.legacy;
        const opened = openedBy(group);
        const requirement = clientRequirement(group);
        if (opened) reportOpen(group, opened);
        else if (requirement)
          report({
            message: satisfyAny(group) ? 'either' : 'mixed',
            at: legacy!,
            data: { legacy: legacy!.name.value },
            related: [{ at: requirement, message: 'the new form' }],
          });
      }
    }

    return { start: checkGroups, virtualHost: checkHost };
  },
});

/** Each of them is traced through all sections. */
const maxLocations = 50;
