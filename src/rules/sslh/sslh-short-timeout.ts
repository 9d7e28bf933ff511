import { effectiveVersion } from '../../servers/sslh/facts/index.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { isTrue, sslhConfig, stringIn } from '../../servers/sslh/meaning/entries.ts';

const needed = 5;

export default defineRule({
  meta: {
    summary: 'A timeout that is too short for OpenVPN clients',
    why: 'Some OpenVPN clients send their first packet more than a second after connecting. When the timeout is over, sslh takes the connection for the protocol of "on-timeout", mostly SSH.',
    how: 'Set "timeout: 5;", the default since 1.21.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md#openvpn-support'],
  },
  messages: {
    short: 'A timeout of {{seconds}} s is short for OpenVPN clients: the guide of sslh advises 5.',
  },
  check: (context) => ({
    start() {
      const { main, protocols } = sslhConfig(context);
      const vpn = protocols.find((entry) => stringIn(entry, 'name') === 'openvpn' && !isTrue(entry, 'is_udp'));
      if (!vpn || main.open || stringIn(main, 'on-timeout') === 'openvpn') return;
      const setting = main.settings.get('timeout');
      const standard = isBefore(effectiveVersion(context.targets.sslh), '1.21') ? '2' : '5';
      const seconds = setting ? (setting.args[0]?.raw ?? '') : standard;
      if (!/^\d+$/.test(seconds) || Number(seconds) >= needed) return;
      context.report({
        message: 'short',
        at: setting ?? vpn.settings.get('name')!,
        data: { seconds },
        related: setting ? [{ at: vpn.settings.get('name')!, message: 'the entry for OpenVPN' }] : [],
      });
    },
  }),
});
