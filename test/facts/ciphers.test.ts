/** What a cipher string enables, judged by the `openssl` of this machine. */
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

import { cipherSuites, enabledSuites } from '../../src/facts/ciphers/index.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const current = new Set(cipherSuites.filter(({ isRetired }) => !isRetired).map(({ name }) => name));

/** The suites up to TLS 1.2 that both know. */
function byOpenssl(list: string): string[] {
  // Only with -s does the security level count.
  const supported = list.includes('@SECLEVEL') ? ['-s'] : [];
  const printed = execFileSync('openssl', ['ciphers', ...supported, list], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return printed
    .trim()
    .split(':')
    .filter((name) => current.has(name))
    .sort();
}

function byUs(list: string): string[] {
  return (enabledSuites(list) ?? [])
    .map(({ name }) => name)
    .filter((name) => current.has(name))
    .sort();
}

describe('cipher strings', () => {
  test
    .skipIf(!hasOpenssl)
    .each([
      'DEFAULT',
      'ALL',
      'ALL:COMPLEMENTOFALL',
      'HIGH:!aNULL:!MD5',
      'HIGH:MEDIUM:!SSLv3:!kRSA',
      'EECDH+AESGCM:EDH+AESGCM:AES256+EECDH:AES256+EDH',
      'ECDHE+CHACHA20:DHE+AES:!SHA1:!SHA256',
      'ALL:!ADH:!EXPORT56:RC4+RSA:+HIGH:+MEDIUM:+LOW:+SSLv2:+EXP:+eNULL',
      'AES256-SHA:ECDHE-RSA-AES128-GCM-SHA256:!AES256',
      'AES:-AES128:AES128-SHA',
      'ALL:!AES128:AES128-SHA',
      'kEECDH:kEDH:@STRENGTH',
      'ECDSA+AES128 aRSA+CAMELLIA, CBC+SHA384',
      'eNULL:aNULL:NULL-SHA',
      'ALL:@SECLEVEL=1',
      'ALL:eNULL:@SECLEVEL=2',
      'ALL:@SECLEVEL=3',
      'ARIA:AESCCM:AESCCM8:!ARIA128',
      'TLSv1.2+ECDHE:DSS:TLSv1',
      'nonsense:DHE-RSA-AES256-SHA',
    ])('%s', (list) => {
    expect(byUs(list)).toEqual(byOpenssl(list));
  });

  test('suites that libraries no longer have are known', () => {
    expect(enabledSuites('MEDIUM:!3DES:!SEED:!IDEA:!aNULL')?.map(({ name }) => name)).toContain('RC4-SHA');
    expect(enabledSuites('HIGH')?.filter(({ isRetired }) => isRetired)).toEqual([]);
  });

  test('what the text does not decide is unknown', () => {
    expect(enabledSuites('PROFILE=SYSTEM')).toBeUndefined();
    expect(enabledSuites('${CIPHERS}')).toBeUndefined();
  });
});
