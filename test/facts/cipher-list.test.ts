import { describe, expect, it } from 'vitest';
import { cipherListFault } from '../../src/facts/cipher-list.ts';

/** Tried with OpenSSL 3.0.19. */
describe('cipher lists', () => {
  it.each([
    'HIGH:!aNULL:!MD5',
    'HIGH !aNULL',
    'HIGH:unheard',
    'kEDH+AES',
    'DEFAULT@SECLEVEL=1',
    'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256',
    'EECDH+CHACHA20:EECDH+AES128:RSA+AES128',
  ])('accepts %s', (list) => {
    expect(cipherListFault(list)).toBeUndefined();
  });

  it.each(['high', 'ECDHE+unheard', 'ECDHE-unheard', '!aNULL', '@STRENGTH', '', 'HIGH/MEDIUM', '10.0.0.0/33', '*a'])(
    'refuses %j',
    (list) => {
      expect(cipherListFault(list)).toMatch(/^a cipher list/);
    },
  );

  it('does not judge what a build or another library defines', () => {
    expect(cipherListFault('PROFILE=SYSTEM')).toBeUndefined();
    expect(cipherListFault('[ECDHE-ECDSA-AES128-GCM-SHA256|ECDHE-ECDSA-CHACHA20-POLY1305]')).toBeUndefined();
  });
});
