import { effectiveVersion, syslogFacilities } from '../../servers/sslh/facts/index.ts';
import { pcreFault } from '../../regex/fault.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';
import { ipv4Form, isBrokenIpv4 } from '../../model/network.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { isTrue, sslhConfig, stringIn, stringsIn, type Group } from '../../servers/sslh/meaning/entries.ts';
import { schemeOf } from '../../model/url.ts';

export default defineRule({
  meta: {
    summary: 'A value that sslh cannot use: a port, host, pattern or syslog facility',
    why: 'sslh looks the values up when it starts, and stops at a host, service, facility or pattern that it cannot make sense of. A port above 65535 is cut to another port.',
    how: 'Host and port are two settings: a name or an address, and a port number or the name of a service. A path needs "is_unix: true".',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
      'https://github.com/yrutschle/sslh/blob/master/example.cfg',
    ],
  },
  messages: {
    portRange: 'The port {{port}} is above 65535: sslh uses {{cut}} instead.',
    noPort: 'The port "{{port}}" is neither a number nor the name of a service.',
    emptyPort: 'An empty port is for Unix sockets only; here it stands for port 0.',
    hostWithPort: 'The host "{{host}}" cannot be resolved: the port belongs into "port".',
    url: 'The host "{{host}}" cannot be resolved: it must be a name or an address, not a URL.',
    address: 'The host "{{host}}" is not {{expected}}.',
    path: 'The host "{{host}}" is a path, which needs "is_unix: true".',
    notPath: 'With "is_unix" the host must be the path of a socket; "{{host}}" is a file in the working directory.',
    facility: 'There is no syslog facility "{{facility}}". Known are {{known}}.',
    pattern: 'The pattern "{{pattern}}" cannot be compiled: {{fault}}.',
    proxyprotocol: 'The value {{value}} of "proxyprotocol" is no version of the PROXY protocol; write 1 or 2.',
  },
  check(context) {
    const version = effectiveVersion(context.targets.sslh);
    const { report } = context;

    function checkPort(group: Group): void {
      const port = stringIn(group, 'port');
      if (port === undefined || isTrue(group, 'is_unix')) return;
      const at = valueOf(group.settings.get('port')!);
      if (port === '') {
        if (!isPath(stringIn(group, 'host'))) report({ message: 'emptyPort', at, severity: 'warning' });
      } else if (!/^\d+$/.test(port)) {
        if (!/^[\d_.+-]*[a-z][\w.+-]*$/i.test(port)) report({ message: 'noPort', at, data: { port } });
      } else if (Number(port) > 65_535) {
        report({ message: 'portRange', at, severity: 'warning', data: { port, cut: Number(port) % 65_536 } });
      }
    }

    function checkHost(group: Group): void {
      const host = stringIn(group, 'host');
      if (host === undefined) return;
      const at = valueOf(group.settings.get('host')!);
      const data = { host };
      if (isTrue(group, 'is_unix')) {
        if (!isPath(host) && !host.startsWith('.')) report({ message: 'notPath', at, severity: 'warning', data });
      } else if (schemeOf(host) !== undefined) report({ message: 'url', at, data });
      else if (/^[^:]+:\d+$/.test(host)) report({ message: 'hostWithPort', at, data });
      else if (isBrokenIpv4(host)) report({ message: 'address', at, data: { host, expected: ipv4Form } });
      else if (isPath(host) && !isBefore(version, '2.2')) report({ message: 'path', at, data });
    }

    function checkPatterns(entry: Group): void {
      // Before it was another library, with another syntax.
      if (stringIn(entry, 'name') !== 'regex') return;
      // Before, patterns were those of POSIX, which differ in all but their parentheses.
      const isPosix = isBefore(version, '1.22');
      for (const { value: pattern, word, directive } of stringsIn(entry, 'regex_patterns')) {
        const fault = pcreFault(pattern);
        if (fault !== undefined && (!isPosix || fault.includes('parenthesis')))
          report({ message: 'pattern', at: placeIn(directive, word), data: { pattern, fault } });
      }
    }

    function checkProxyProtocol({ settings }: Group): void {
      const setting = settings.get('proxyprotocol');
      const value = setting?.args[0]?.raw ?? '';
      if (!setting || !/^\d+$/.test(value) || Number(value) <= 2) return;
      report({ message: 'proxyprotocol', at: valueOf(setting), severity: 'warning', data: { value } });
    }

    return {
      start() {
        const { main, listen, protocols } = sslhConfig(context);
        const facility = stringIn(main, 'syslog_facility');
        const known = isBefore(version, '1.21') ? syslogFacilities.filter((name) => name !== 'none') : syslogFacilities;
        if (facility !== undefined && !known.includes(facility)) {
          const data = { facility, known: known.join(', ') };
          report({ message: 'facility', at: valueOf(main.settings.get('syslog_facility')!), data });
        }
        for (const group of [...listen, ...protocols]) {
          checkPort(group);
          checkHost(group);
        }
        for (const entry of protocols) {
          checkPatterns(entry);
          checkProxyProtocol(entry);
        }
      },
    };
  },
});

function valueOf(setting: Directive): Place {
  return placeIn(setting, { start: setting.args[0]!.start, end: setting.args.at(-1)!.end });
}

function isPath(host: string | undefined): boolean {
  return host?.startsWith('/') ?? false;
}
