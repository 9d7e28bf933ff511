/** Mozilla's server-side TLS guidelines, version 6.0 (2026-04-06). Source: https://ssl-config.mozilla.org/guidelines/6.0.json */

export interface TlsProfile {
  readonly protocols: readonly string[];
  /** OpenSSL's names of the suites up to TLS 1.2. */
  readonly ciphers: readonly string[];
  /** Key exchange groups, lower-cased. */
  readonly groups: ReadonlySet<string>;
  readonly serverOrder: boolean;
}

const groups: ReadonlySet<string> = new Set([
  'x25519mlkem768',
  'x25519',
  'prime256v1',
  'p-256',
  'secp256r1',
  'secp384r1',
  'p-384',
]);

export const tlsProfiles: Readonly<Record<'modern' | 'intermediate', TlsProfile>> = {
  modern: { protocols: ['TLSv1.3'], ciphers: [], groups, serverOrder: false },
  intermediate: {
    protocols: ['TLSv1.2', 'TLSv1.3'],
    ciphers: [
      'ECDHE-ECDSA-AES128-GCM-SHA256',
      'ECDHE-RSA-AES128-GCM-SHA256',
      'ECDHE-ECDSA-AES256-GCM-SHA384',
      'ECDHE-RSA-AES256-GCM-SHA384',
      'ECDHE-ECDSA-CHACHA20-POLY1305',
      'ECDHE-RSA-CHACHA20-POLY1305',
    ],
    groups,
    serverOrder: false,
  },
};
