import { tlsProfiles } from '../../facts/tls-profiles.ts';
import { unknown, type Scope, type Tls, type VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { cipherList, someOf } from './_ciphers.ts';
import { namedGroups } from './_groups.ts';
import { settingsOf } from '../../servers/settings.ts';

export default defineRule({
  meta: {
    summary: "TLS settings that differ from one of Mozilla's profiles",
    why: 'The profiles of Mozilla (guideline 6.0) are a common yardstick: "intermediate" for general servers, "modern" where all clients know TLS 1.3.',
    how: 'Take the lines for your server and its version from https://ssl-config.mozilla.org/.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'optional',
    references: ['https://wiki.mozilla.org/Security/Server_Side_TLS', 'https://ssl-config.mozilla.org/'],
    options: {
      profile: {
        enum: ['intermediate', 'modern'],
        default: 'intermediate',
        description: 'The profile to compare with.',
      },
    },
  },
  messages: {
    protocols: '"{{directive}}" enables {{versions}}, which the profile "{{profile}}" does not have.',
    defaultProtocols: 'The default of {{servers}} enables {{versions}}, which the profile "{{profile}}" does not have.',
    ciphers: '"{{directive}}" enables suites that the profile "{{profile}}" does not have: {{suites}}.',
    groups: '"{{directive}}" names groups that the profile "{{profile}}" does not have: {{groups}}.',
    serverOrder: 'The profile "{{profile}}" lets the client choose the suite: "{{directive}}" should be "off".',
  },
  check({ dialect, options, report }) {
    const { isOn } = settingsOf(dialect);
    const name = options.profile;
    const profile = tlsProfiles[name];
    const seen = new Set<Directive>();
    const isNew = (directive: Directive): boolean => !seen.has(directive) && seen.add(directive).size > 0;

    function checkProtocols({ protocols, defaults, virtualHost }: Tls): void {
      const { origin, value } = protocols;
      const others = value === unknown ? [] : value.filter((version) => !profile.protocols.includes(version));
      if (others.length === 0) return;
      const data = { versions: listOf(others), profile: name };
      if (origin !== 'default') {
        if (isNew(origin))
          report({ message: 'protocols', at: origin, data: { ...data, directive: origin.name.value } });
      } else if (virtualHost?.directive) {
        const servers = listOf(defaults.map(({ versions }) => versions));
        report({ message: 'defaultProtocols', at: virtualHost.directive, data: { ...data, servers } });
      }
    }

    function checkCiphers(tls: Tls): void {
      const { value } = tls.protocols;
      const { origin } = tls.ciphers;
      const list = origin !== 'default' && isNew(origin) ? cipherList(tls, dialect) : undefined;
      // With TLS 1.3 alone the list means nothing.
      if (!list || (value !== unknown && value.every((version) => version === 'TLSv1.3'))) return;
      const others = list.suites.filter((suite) => !profile.ciphers.includes(suite.name));
      if (others.length === 0) return;
      const data = { directive: list.directive.name.value, profile: name, suites: someOf(others) };
      report({ message: 'ciphers', at: placeIn(list.directive, list.word), data });
    }

    function checkHost({ scope, tls }: VirtualHost): void {
      if (tls.enabled === false || prefersByClient(scope)) return;
      for (const key of ['ssl_prefer_server_ciphers', 'sslhonorcipherorder']) {
        const order = scope.effective(key).at(-1);
        if (!order || !isOn(order) || profile.serverOrder || !isNew(order)) continue;
        report({ message: 'serverOrder', at: order, data: { directive: order.name.value, profile: name } });
      }
    }

    function checkGroups(directive: Directive): void {
      const others = namedGroups(directive).filter((group) => !profile.groups.has(group.name.toLowerCase()));
      if (others.length === 0) return;
      const groups = listOf(others.map((group) => `"${group.name}"`));
      report({ message: 'groups', at: directive, data: { directive: directive.name.value, profile: name, groups } });
    }

    return {
      tls(tls) {
        if (tls.enabled === false) return;
        checkProtocols(tls);
        checkCiphers(tls);
      },
      virtualHost: checkHost,
      directives: { ssl_ecdh_curve: checkGroups, sslopensslconfcmd: checkGroups },
    };
  },
});

/** With this option of OpenSSL a client that puts ChaCha20 first gets it, whatever the server prefers. */
function prefersByClient(scope: Scope): boolean {
  return scope
    .effective('ssl_conf_command')
    .some(({ args: [name, value] }) => name?.value === 'Options' && /\bPrioritizeChaCha\b/.test(value?.value ?? ''));
}
