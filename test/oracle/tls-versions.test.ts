/** The versions of TLS that a config offers, as the model tells them and as clients of the running server see them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { lower } from '../../src/servers/index.ts';
import { offeredVersions } from '../../src/model/tls-versions.ts';
import { formatVersion, type Version } from '../../src/model/versions.ts';
import { configOf } from '../helpers/lint.ts';
import { Apache } from '../witness/lib/apache.ts';
import { Nginx, wholeConfig } from '../witness/lib/nginx.ts';
import { startSurroundings, type Surroundings } from '../witness/lib/surroundings.ts';
import { installedVersion, serversRequired } from './lib/install.ts';

/** OpenSSL 3 takes old versions only at this level. */
const lenient = 'DEFAULT:@SECLEVEL=0';

const nginxLines = [
  'ssl_protocols TLSv1.1 TLSv1.3;',
  'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_conf_command MinProtocol TLSv1.2;',
  'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_conf_command MaxProtocol TLSv1.1;',
  'ssl_protocols TLSv1.3; ssl_conf_command MinProtocol TLSv1.1;',
  'ssl_protocols TLSv1.3; ssl_conf_command Protocol TLSv1.1;',
  'ssl_protocols TLSv1.3; ssl_conf_command Protocol ALL;',
  'ssl_protocols TLSv1.2 TLSv1.3; ssl_conf_command Protocol "ALL, -TLSv1.3";',
  'ssl_protocols TLSv1.3; ssl_conf_command protocol "-all,+tlsv1.2";',
  'ssl_conf_command MinProtocol TLSv1.1;',
  'ssl_protocols TLSv1 TLSv1.2; ssl_conf_command MinProtocol TLSv1.2; ssl_conf_command MinProtocol None;',
];

const apacheLines = [
  'SSLProtocol all',
  'SSLProtocol -all +TLSv1.1 +TLSv1.3',
  'SSLProtocol -all +TLSv1 +TLSv1.1 +TLSv1.3',
  'SSLProtocol all -TLSv1.2',
  'SSLProtocol -all +TLSv1.3\nSSLOpenSSLConfCmd MinProtocol TLSv1.1',
  'SSLProtocol all\nSSLOpenSSLConfCmd MinProtocol TLSv1.2',
  'SSLProtocol all\nSSLOpenSSLConfCmd MaxProtocol TLSv1.1',
  'SSLProtocol -all +TLSv1.2\nSSLOpenSSLConfCmd Protocol ALL',
  'SSLProtocol all\nSSLOpenSSLConfCmd Protocol "-TLSv1,-TLSv1.1"',
  'SSLProtocol -all +TLSv1.2\nSSLOpenSSLConfCmd MaxProtocol None',
  'SSLProtocol -all +TLSv1.2\nSSLOpenSSLConfCmd MinProtocol None',
];

interface Kind {
  readonly dialect: 'nginx' | 'apache';
  readonly prepare: typeof Nginx.prepare | typeof Apache.prepare;
  readonly whole: (config: string) => string;
  readonly lines: readonly string[];
  readonly around: (lines: string) => string;
}

const kinds: readonly Kind[] = [
  {
    dialect: 'nginx',
    prepare: Nginx.prepare,
    whole: wholeConfig,
    lines: nginxLines,
    around: (lines) => `server {
      listen 443 ssl; ssl_certificate /etc/ssl/site.pem; ssl_certificate_key /etc/ssl/site.key;
      ssl_ciphers ${lenient};
      ${lines}
      return 200 x;
    }`,
  },
  {
    dialect: 'apache',
    prepare: Apache.prepare,
    whole: (config) => config,
    lines: apacheLines,
    around: (lines) => `<VirtualHost *:443>
  ServerName example.com
  SSLEngine on
  SSLCertificateFile /etc/ssl/site.pem
  SSLCertificateKeyFile /etc/ssl/site.key
  SSLCipherSuite ${lenient}
  ${lines}
</VirtualHost>`,
  },
];

const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

async function told(
  { dialect, whole }: Kind,
  config: string,
  version: Version,
): Promise<readonly string[] | undefined> {
  const { virtualHosts } = lower(await configOf({ path: `${dialect}.conf`, text: whole(config), dialect }), {
    [dialect]: version,
  });
  return offeredVersions(virtualHosts.at(-1)!.tls);
}

for (const kind of kinds) {
  const version = installedVersion(kind.dialect);
  if (!version && !serversRequired)
    console.warn(`The TLS versions of ${kind.dialect} are not played: it is not installed.`);

  describe.skipIf(!version && !serversRequired)(`${kind.dialect} ${version ? formatVersion(version) : ''}`, () => {
    let surroundings: Surroundings;
    let server: Nginx | Apache;
    beforeAll(async () => {
      if (!version) throw new Error(`${kind.dialect} is not installed`);
      surroundings = await startSurroundings();
      server = await kind.prepare(kind.lines.map(kind.around), surroundings);
      await server.start();
    });
    afterAll(async () => {
      await server?.stop();
      await surroundings?.close();
    });

    test.each(kind.lines)('%s', async (lines) => {
      const config = kind.around(lines);
      const offered: string[] = [];
      for (const each of versions) {
        const { tls } = await server.ask({ tls: { minVersion: each, maxVersion: each } }, config);
        if (tls) offered.push(tls.protocol!);
      }
      expect(await told(kind, config, version!)).toEqual(offered);
    });
  });
}
