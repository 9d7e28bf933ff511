import type { Listener, ServerName, VirtualHost } from '../../model/model.ts';
import { placeIn } from '../../syntax/tree.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { matchesWildcards } from '../../text/fnmatch.ts';
import { defineRule } from '../define-rule.ts';

interface Owner {
  readonly host: VirtualHost;
  readonly name: ServerName;
}

/** Enough for any real config; each costs a comparison with every later name. */
const maxWildcards = 100;

export default defineRule({
  meta: {
    summary:
      'A server name that never selects its virtual host, because a wider name takes its requests, or it is none',
    why: 'nginx ignores a name that an earlier one claims already (".example.com" claims "example.com" and "*.example.com"); Apache takes the first virtual host with a name or alias that matches, wildcards too.',
    how: 'Remove the name, or the claim of the other one; for Apache put the virtual host with the exact name first.',
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
    comma: 'No host has a comma in its name, so "{{name}}" selects nothing; names are separated by spaces.',
    unnamed:
      'This virtual host has no ServerName, and "{{first}}" comes first on its address: only requests for the name of the server itself get here.',
    shadowed:
      'No request for "{{name}}" gets here: "{{other}}" of an earlier virtual host on the same address takes it.',
  },
  check({ dialect, report }) {
    function reportName(message: 'ignored' | 'ignoredWithin' | 'shadowed', name: ServerName, owner: Owner): void {
      report({
        message,
        at: placeIn(name.directive, name.word),
        data: { name: name.text, other: owner.name.text },
        related: [{ at: placeIn(owner.name.directive, owner.name.word), message: 'this one takes the requests' }],
        witness: `curl -i -H 'Host: ${name.text.replace(/^\*?\./, 'x.')}' 'http://host/'`,
      });
    }

    /** `ngx_hash_add_key`: what fails to claim all it stands for is ignored as a whole. */
    function checkClaims({ virtualHosts }: Listener): void {
      // A lone server takes every request, whatever its names.
      if (virtualHosts.length < 2) return;
      const claims = new Map<string, Owner>();
      for (const host of virtualHosts) {
        for (const name of host.names) {
          const keys = claimsOf(name);
          const owner = keys.map((key) => claims.get(key)).find((each) => each !== undefined);
          if (!owner) for (const key of keys) claims.set(key, { host, name });
          else if (owner.name.text.toLowerCase() !== name.text.toLowerCase())
            if (owner.host !== host) reportName('ignored', name, owner);
            else if (name.text.startsWith('.')) reportName('ignoredWithin', name, owner);
        }
      }
    }

    /** Only the first one needs no name: it answers for all that are unknown. */
    function checkUnnamed({ virtualHosts: [first, ...others] }: Listener): void {
      for (const { names, scope, directive } of others) {
        if (names.length > 0 || !directive || scope.certainty('servername') === 'unread') continue;
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
      const { virtualHosts } = listener;
      const wildcards: Owner[] = [];
      for (const host of virtualHosts) {
        for (const name of host.names) {
          if (name.kind === 'unknown' || name.kind === 'regex') continue;
          const text = name.text.toLowerCase();
          const owner = wildcards.find((each) => takes(each, host, text));
          if (owner) reportName('shadowed', name, owner);
        }
        for (const name of host.names)
          if (name.kind.endsWith('wildcard') && wildcards.length < maxWildcards) wildcards.push({ host, name });
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

    return { virtualHost: checkCommas, listener: dialect === 'nginx' ? checkClaims : checkOrder };
  },
});

function claimsOf({ kind, text }: ServerName): string[] {
  const name = text.toLowerCase();
  if (kind === 'exact' && name !== '' && name !== '_') return [name];
  if (kind !== 'leading-wildcard') return [];
  return name.startsWith('.') ? [name.slice(1), `*${name}`] : [name];
}

function takes({ host, name }: Owner, later: VirtualHost, text: string): boolean {
  const wide = name.text.toLowerCase();
  if (wide === text || host === later || !matchesWildcards(wide, text)) return false;
  return !host.directive || !later.directive || holdsWith(host.directive, later.directive);
}
