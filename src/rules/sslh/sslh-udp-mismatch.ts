import { effectiveVersion } from '../../servers/sslh/facts/index.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { isTrue, openerOf, sslhConfig, stringIn, type Group } from '../../servers/sslh/meaning/entries.ts';

export default defineRule({
  meta: {
    summary: 'UDP and TCP do not fit between "listen" and "protocols"',
    why: 'UDP is served by the entries that have "is_udp: true", TCP by the others. With an address without such an entry sslh does not start; an entry without such an address is never used. Versions before 2.0 try all entries whatever the transport.',
    how: 'Set "is_udp" on the listening address and on the entries that belong to it alike.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
      'https://github.com/yrutschle/sslh/blob/master/udp.cfg',
    ],
  },
  messages: {
    noTarget: 'This address listens on {{transport}}, but no entry of "protocols" serves {{transport}}.',
    noListener: 'This "{{name}}" entry serves {{transport}}, but no address of "listen" is for {{transport}}.',
    wireguard: 'The probe "wireguard" works with UDP only: sslh does not start without "is_udp: true" in its entry.',
    udpOnly: 'The setting "{{setting}}" is for UDP only, and {{place}}.',
    tcpFastOpen: 'The setting "tfo_ok" cannot be used with UDP: sslh does not start.',
  },
  check: (context) => ({
    start() {
      const version = effectiveVersion(context.targets.sslh);
      const { main, listen, protocols, incomplete } = sslhConfig(context);
      if (isBefore(version, '2.0')) return;
      const isUdp = (group: Group): boolean => isTrue(group, 'is_udp');
      for (const entry of protocols) checkEntry(entry);
      const all = [...listen, ...protocols];
      checkUdpSettings(main, protocols);
      if (main.open || incomplete || listen.length === 0 || protocols.length === 0 || all.some(({ open }) => open))
        return;
      for (const udp of [false, true]) {
        const transport = udp ? 'UDP' : 'TCP';
        const addresses = listen.filter((group) => isUdp(group) === udp);
        const entries = protocols.filter((group) => isUdp(group) === udp);
        if (entries.length === 0)
          for (const address of addresses)
            context.report({ message: 'noTarget', at: openerOf(address), data: { transport }, severity: 'error' });
        if (addresses.length > 0) continue;
        for (const entry of entries) {
          const name = stringIn(entry, 'name');
          if (name !== undefined)
            context.report({ message: 'noListener', at: entry.settings.get('name')!, data: { transport, name } });
        }
      }

      function checkUdpSettings(file: Group, entries: readonly Group[]): void {
        const sayUdpOnly = (group: Group, setting: string, place: string): void => {
          const at = group.settings.get(setting);
          if (at) context.report({ message: 'udpOnly', at, severity: 'info', data: { setting, place } });
        };
        for (const entry of entries)
          if (!entry.open && !isUdp(entry)) sayUdpOnly(entry, 'udp_timeout', 'this entry serves TCP');
        const isTcp = entries.length > 0 && !incomplete && !entries.some((entry) => entry.open || isUdp(entry));
        if (isTcp && !file.open) sayUdpOnly(file, 'udp_max_connections', 'no entry of "protocols" has "is_udp: true"');
      }

      function checkEntry(entry: Group): void {
        if (entry.open) return;
        if (!isUdp(entry)) {
          if (stringIn(entry, 'name') === 'wireguard')
            context.report({ message: 'wireguard', at: entry.settings.get('name')!, severity: 'error' });
        } else if (isTrue(entry, 'tfo_ok')) {
          context.report({ message: 'tcpFastOpen', at: entry.settings.get('tfo_ok')!, severity: 'error' });
        }
      }
    },
  }),
});
