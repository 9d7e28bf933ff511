import type { SslhCase } from '../lib/sslh.ts';

const listen = 'listen: ( { host: "127.0.0.1"; port: "443"; } );';

const withEntries = (...entries: readonly string[]): string =>
  `${listen}\nprotocols:\n(\n${entries.map((entry) => `  { ${entry} }`).join(',\n')}\n);\n`;

const entry = (name: string, port: number, settings = ''): string =>
  `name: "${name}"; host: "127.0.0.1"; port: "${port}"; ${settings}`;

const ssh = { text: 'SSH-2.0-client\r\n' };
const http = { text: 'GET / HTTP/1.1\r\nHost: example.com\r\n\r\n' };
const tls = (servername: string): { tls: { servername: string } } => ({ tls: { servername } });

export const cases: readonly SslhCase[] = [
  {
    rule: 'sslh-duplicate-listen',
    messageId: 'within',
    config: `listen: ( { host: "0.0.0.0"; port: "443"; }, { host: "127.0.0.1"; port: "443"; } );
protocols: ( { ${entry('ssh', 22)} } );
`,
    shows: { refused: /Address already in use/ },
    fixed: { config: withEntries(entry('ssh', 22)), shows: {} },
  },
  {
    rule: 'sslh-fallthrough-last',
    messageId: 'fallthrough',
    config: withEntries(entry('ssh', 22), entry('tls', 8443)),
    request: http,
    shows: { backend: '8443' },
    fixed: {
      config: withEntries(entry('ssh', 22), entry('tls', 8443), entry('anyprot', 80)),
      shows: { backend: '80' },
    },
  },
  {
    rule: 'sslh-invalid-value',
    messageId: 'facility',
    config: `syslog_facility: "LOCAL0";\n${withEntries(entry('ssh', 22))}`,
    shows: { refused: /LOCAL0/ },
    fixed: { config: `syslog_facility: "local0";\n${withEntries(entry('ssh', 22))}`, shows: {} },
  },
  {
    rule: 'sslh-invalid-value',
    messageId: 'hostWithPort',
    config: withEntries('name: "ssh"; host: "127.0.0.1:22"; port: "22";'),
    shows: { refused: /127\.0\.0\.1:22/ },
    fixed: { config: withEntries(entry('ssh', 22)), shows: {} },
  },
  {
    rule: 'sslh-missing-listen',
    messageId: 'missing',
    config: `protocols: ( { ${entry('ssh', 22)} } );`,
    shows: { refused: /No listening address|"listen" not found/ },
    fixed: { config: withEntries(entry('ssh', 22)), shows: {} },
  },
  {
    rule: 'sslh-missing-listen',
    messageId: 'empty',
    until: '2.0',
    config: `${listen}\nprotocols: ( );`,
    shows: { refused: /target protocol/i },
  },
  {
    rule: 'sslh-no-user',
    messageId: 'noUser',
    config: withEntries(entry('ssh', 22)),
    request: ssh,
    shows: { backend: '22', keepsUser: true },
  },
  {
    rule: 'sslh-port-as-number',
    messageId: 'number',
    config: `listen: ( { host: "127.0.0.1"; port: 443; } );
protocols: ( { ${entry('ssh', 22)} } );`,
    shows: { refused: /Incomplete specification|"listen" not found/ },
    fixed: { config: withEntries(entry('ssh', 22)), shows: {} },
  },
  {
    rule: 'sslh-shadowed-sni',
    messageId: 'duplicate',
    config: withEntries(
      entry('tls', 8443, 'sni_hostnames: [ "a.example", "b.example" ];'),
      entry('tls', 9443, 'sni_hostnames: [ "b.example", "c.example" ];'),
    ),
    request: tls('b.example'),
    shows: { backend: '8443' },
  },
  {
    rule: 'sslh-shadowed-sni',
    messageId: 'wildcard',
    config: withEntries(
      entry('tls', 8443, 'sni_hostnames: [ "*.example" ];'),
      entry('tls', 9443, 'sni_hostnames: [ "deep.a.example" ];'),
    ),
    request: tls('deep.a.example'),
    shows: { backend: '8443' },
    fixed: {
      config: withEntries(
        entry('tls', 9443, 'sni_hostnames: [ "deep.a.example" ];'),
        entry('tls', 8443, 'sni_hostnames: [ "*.example" ];'),
      ),
      shows: { backend: '9443' },
    },
  },
  {
    // A client that hesitates for longer.
    rule: 'sslh-short-timeout',
    messageId: 'short',
    config: `timeout: 1;\n${withEntries(entry('ssh', 22), entry('openvpn', 1194))}`,
    request: {},
    shows: { backend: '22' },
    fixed: {
      config: `timeout: 1;\non-timeout: "openvpn";\n${withEntries(entry('ssh', 22), entry('openvpn', 1194))}`,
      shows: { backend: '1194' },
    },
  },
  {
    rule: 'sslh-sni-on-wrong-probe',
    messageId: 'wrongProbe',
    until: '2.0',
    config: withEntries(entry('http', 80, 'sni_hostnames: [ "a.example" ];'), entry('ssh', 22)),
    request: http,
    shows: { backend: '80' },
  },
  {
    rule: 'sslh-sni-on-wrong-probe',
    messageId: 'wrongProbe',
    since: '2.0',
    config: withEntries(entry('http', 80, 'sni_hostnames: [ "a.example" ];'), entry('ssh', 22)),
    shows: { refused: /sni|alpn/i },
  },
  {
    rule: 'sslh-timeout-target',
    messageId: 'missing',
    config: `timeout: 1;\non-timeout: "openvpn";\n${withEntries(entry('tls', 8443), entry('ssh', 22))}`,
    request: {},
    shows: { backend: '8443' },
    fixed: {
      config: `timeout: 1;\non-timeout: "ssh";\n${withEntries(entry('tls', 8443), entry('ssh', 22))}`,
      shows: { backend: '22' },
    },
  },
  {
    rule: 'sslh-udp-mismatch',
    messageId: 'noListener',
    since: '2.0',
    config: withEntries(entry('ssh', 22), entry('anyprot', 1194, 'is_udp: true;')),
    request: { text: 'packet' },
    shows: { backend: '22' },
  },
  {
    rule: 'sslh-udp-mismatch',
    messageId: 'wireguard',
    since: '2.0',
    config: withEntries(entry('wireguard', 1194), entry('ssh', 22)),
    shows: { refused: /wireguard/i },
  },
  {
    rule: 'sslh-unknown-probe',
    messageId: 'unknown',
    config: withEntries(entry('https', 8443), entry('ssh', 22)),
    shows: { refused: /https: probe unknown/ },
    fixed: { config: withEntries(entry('tls', 8443), entry('ssh', 22)), shows: {} },
  },
  {
    rule: 'sslh-unknown-probe',
    messageId: 'version',
    until: '1.22',
    config: withEntries(entry('syslog', 80), entry('ssh', 22)),
    shows: { refused: /syslog: probe unknown/ },
  },
  {
    rule: 'sslh-unknown-probe',
    messageId: 'renamed',
    since: '1.21',
    config: withEntries(entry('ssl', 8443), entry('ssh', 22)),
    shows: { refused: /ssl: probe unknown/ },
  },
  {
    rule: 'sslh-unknown-setting',
    messageId: 'unknown',
    config: withEntries(
      entry('tls', 8443, 'sni_hostname: [ "a.example" ];'),
      entry('tls', 9443, 'sni_hostnames: [ "b.example" ];'),
    ),
    request: tls('b.example'),
    shows: { backend: '8443' },
    fixed: {
      config: withEntries(
        entry('tls', 8443, 'sni_hostnames: [ "a.example" ];'),
        entry('tls', 9443, 'sni_hostnames: [ "b.example" ];'),
      ),
      shows: { backend: '9443' },
    },
  },
  {
    rule: 'sslh-sni-capitals',
    messageId: 'capitals',
    config: withEntries(entry('tls', 8443, 'sni_hostnames: [ "A.example" ];'), entry('anyprot', 80)),
    request: tls('a.example'),
    shows: { backend: '80' },
    fixed: { shows: { backend: '8443' } },
  },
  {
    rule: 'sslh-unknown-setting',
    messageId: 'type',
    config: `timeout: "60";\n${withEntries(entry('ssh', 22), entry('tls', 8443))}`,
    request: {},
    shows: { backend: '22' },
  },
  {
    rule: 'sslh-unknown-setting',
    messageId: 'missing',
    config: withEntries('name: "ssh"; host: "127.0.0.1";'),
    shows: { refused: /Illegal protocol description|"protocols" not found/ },
  },
  {
    rule: 'sslh-unreachable-probe',
    messageId: 'catchAll',
    config: withEntries(entry('anyprot', 80), entry('tls', 8443)),
    request: tls('a.example'),
    shows: { backend: '80' },
    fixed: { config: withEntries(entry('tls', 8443), entry('anyprot', 80)), shows: { backend: '8443' } },
  },
  {
    rule: 'sslh-unreachable-probe',
    messageId: 'same',
    config: withEntries(entry('tls', 8443), entry('tls', 9443, 'sni_hostnames: [ "a.example" ];')),
    request: tls('a.example'),
    shows: { backend: '8443' },
    fixed: {
      config: withEntries(entry('tls', 9443, 'sni_hostnames: [ "a.example" ];'), entry('tls', 8443)),
      shows: { backend: '9443' },
    },
  },
];
