import type { Listener, VirtualHost } from '../../model/model.ts';
import { lostNames as lostApacheNames, type LostName } from '../../servers/apache/meaning/hosts.ts';
import { lostNames as lostNginxNames } from '../../servers/nginx/meaning/hosts.ts';
import { placeIn } from '../../syntax/tree.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { defineRule } from '../define-rule.ts';
import { isSameText, isCatchAll } from './_written-names.ts';

export default defineRule({
  meta: {
    summary:
      'A server name that never selects its virtual host, because a wider name takes its requests, or it is none',
    why: 'nginx ignores a name that an earlier one claims already (".example.com" claims "example.com" and "*.example.com"); Apache takes the first virtual host with a name or alias that matches, wildcards too.',
    how: {
      nginx: 'Remove the name, or the claim of the other one.',
      apache: 'Remove the name, or the claim of the other one, or put the virtual host with the exact name first.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/server_names.html',
      'https://httpd.apache.org/docs/2.4/vhosts/details.html',
    ],
  },
  messages: {
    ignored:
      'nginx ignores the name "{{name}}": "{{other}}" of an earlier server on the same address claims it already.',
    ignoredWithin: 'nginx ignores the name "{{name}}": "{{other}}" of the same server claims a part of it already.',
    port: 'Names are compared with the host of a request without its port, so "{{name}}" selects nothing.',
    comma: 'No host has a comma in its name, so "{{name}}" selects nothing; names are separated by spaces.',
    unnamed:
      'This virtual host has no ServerName, and "{{first}}" comes first on its address: only requests for the name of the server itself get here.',
    shadowed:
      'No request for "{{name}}" gets here: "{{other}}" of an earlier virtual host on the same address takes it.',
  },
  check({ dialect, report }) {
    function reportName(message: 'ignored' | 'ignoredWithin' | 'shadowed', { name, owner }: LostName): void {
      report({
        message,
        at: placeIn(name.directive, name.word),
        data: { name: name.text, other: owner.name.text },
        related: [{ at: placeIn(owner.name.directive, owner.name.word), message: 'this one takes the requests' }],
        witness: `curl -i -H 'Host: ${name.text.replace(/^\*?\./, 'x.')}' 'http://host/'`,
      });
    }

    function checkClaims(listener: Listener): void {
      // A lone server takes every request, whatever its names.
      if (listener.virtualHosts.length < 2) return;
      for (const lost of lostNginxNames(listener)) {
        if (isSameText(lost) || isCatchAll(lost.name)) continue;
        if (lost.owner.host !== lost.host) reportName('ignored', lost);
        else if (lost.name.text.startsWith('.')) reportName('ignoredWithin', lost);
      }
    }

    /** Only the first one needs no name: it answers for all that are unknown. */
    function checkUnnamed({ virtualHosts: [first, ...others] }: Listener): void {
      for (const { names, scope, directive } of others) {
        if (!names.every(({ inherited }) => inherited) || !directive || scope.certainty('servername') === 'unread')
          continue;
        if (!first?.directive || !holdsWith(first.directive, directive)) continue;
        report({
          message: 'unnamed',
          at: directive,
          confidence: 'medium',
          data: { first: first.names[0]?.text ?? 'another one' },
          related: [{ at: first.directive, message: 'answers for unknown names' }],
          how: 'Give it a ServerName.',
        });
      }
    }

    function checkOrder(listener: Listener): void {
      checkUnnamed(listener);
      for (const lost of lostApacheNames(listener))
        if (!isSameText(lost) && !lost.name.inherited) reportName('shadowed', lost);
    }

    /** Of a ServerName httpd takes the port away, of an alias it does not. */
    function checkPorts({ names }: VirtualHost): void {
      for (const { kind, text, directive, word } of names) {
        if (kind === 'regex' || kind === 'unknown' || directive.key === 'servername') continue;
        const host = /^([^:[\]]+|\[[^\]]*\]):\d+$/.exec(text)?.[1];
        if (host === undefined) continue;
        const at = placeIn(directive, word);
        const how = 'Write the name without the port; the port belongs to the address that the server listens on.';
        const fix = word.raw === text && { fix: { title: 'Remove the port', edits: [{ place: at, text: host }] } };
        report({ message: 'port', at, data: { name: text }, how, ...fix });
      }
    }

    function checkCommas({ names }: VirtualHost): void {
      for (const { kind, text, directive, word } of names) {
        if (kind === 'regex' || kind === 'unknown' || !text.includes(',')) continue;
        const at = placeIn(directive, word);
        const separated = text
          .split(',')
          .filter((name) => name !== '')
          .join(' ');
        const fix = { title: 'Separate the names by spaces', edits: [{ place: at, text: separated }] };
        const isList = directive.key !== 'servername';
        report({ message: 'comma', at, data: { name: text }, ...(isList && { fix }) });
      }
    }

    return {
      virtualHost(host) {
        checkCommas(host);
        checkPorts(host);
      },
      listener: dialect === 'nginx' ? checkClaims : checkOrder,
    };
  },
});
