/** Which cipher suites an OpenSSL cipher string enables. Source: ciphers(1) and ssl_ciph.c of OpenSSL 3. */
import { cipherRows } from './table.gen.ts';
import type { CipherSuite } from './types.ts';
import { isFilledIn } from '../../text/template/placeholder.ts';
import { wordTable } from '../../text/word-table.ts';

export const cipherSuites: readonly CipherSuite[] = cipherRows.map((row) => {
  const [name, since, kx, au, enc, bits, mac, strength, byDefault, retired] = row.split(' ') as [string, ...string[]];
  return {
    name,
    since: since!,
    kx: kx!,
    au: au!,
    enc: enc!,
    bits: Number(bits),
    mac: mac!,
    strength: strength as CipherSuite['strength'],
    isDefault: byDefault === 'default',
    isRetired: retired === 'retired',
  };
});

type Test = (suite: CipherSuite) => boolean;

const isAnonymous: Test = ({ au }) => au === 'None';
const isNull: Test = ({ enc }) => enc === 'None';
const isDhe: Test = ({ kx, au }) => kx === 'DH' && au !== 'None';
const isEcdhe: Test = ({ kx, au }) => kx === 'ECDH' && au !== 'None';
const isExport: Test = ({ strength }) => strength === 'EXPORT';
const never: Test = () => false;
const encryption = (pattern: RegExp, bits?: number): Test => {
  return (suite) => pattern.test(suite.enc) && (bits === undefined || suite.bits === bits);
};

const aliases: Readonly<Record<string, Test | undefined>> = wordTable({
  ALL: (suite) => !isNull(suite),
  COMPLEMENTOFALL: isNull,
  DEFAULT: ({ isDefault }) => isDefault,
  COMPLEMENTOFDEFAULT: (suite) => !suite.isDefault && !isNull(suite),
  HIGH: ({ strength }) => strength === 'HIGH',
  MEDIUM: ({ strength }) => strength === 'MEDIUM',
  LOW: ({ strength }) => strength === 'LOW',
  EXP: isExport,
  EXPORT: isExport,
  EXPORT40: (suite) => isExport(suite) && suite.bits === 40,
  EXPORT56: never,
  aNULL: isAnonymous,
  eNULL: isNull,
  NULL: isNull,
  kRSA: ({ kx }) => kx === 'RSA',
  RSA: ({ kx }) => kx === 'RSA',
  aRSA: ({ au }) => au === 'RSA',
  aDSS: ({ au }) => au === 'DSS',
  DSS: ({ au }) => au === 'DSS',
  aECDSA: ({ au }) => au === 'ECDSA',
  ECDSA: ({ au }) => au === 'ECDSA',
  kDHE: ({ kx }) => kx === 'DH',
  kEDH: ({ kx }) => kx === 'DH',
  DH: ({ kx }) => kx === 'DH',
  DHE: isDhe,
  EDH: isDhe,
  ADH: (suite) => suite.kx === 'DH' && isAnonymous(suite),
  kECDHE: ({ kx }) => kx === 'ECDH',
  kEECDH: ({ kx }) => kx === 'ECDH',
  ECDH: ({ kx }) => kx === 'ECDH',
  ECDHE: isEcdhe,
  EECDH: isEcdhe,
  AECDH: (suite) => suite.kx === 'ECDH' && isAnonymous(suite),
  AES: encryption(/^AES/),
  AES128: encryption(/^AES/, 128),
  AES256: encryption(/^AES/, 256),
  AESGCM: encryption(/^AESGCM$/),
  AESCCM: encryption(/^AESCCM/),
  AESCCM8: encryption(/^AESCCM8$/),
  CHACHA20: encryption(/^CHACHA20/),
  CAMELLIA: encryption(/^Camellia$/),
  CAMELLIA128: encryption(/^Camellia$/, 128),
  CAMELLIA256: encryption(/^Camellia$/, 256),
  ARIA: encryption(/^ARIA/),
  ARIAGCM: encryption(/^ARIA/),
  ARIA128: encryption(/^ARIA/, 128),
  ARIA256: encryption(/^ARIA/, 256),
  '3DES': encryption(/^3DES$/),
  DES: encryption(/^DES$/),
  RC4: encryption(/^RC4$/),
  RC2: encryption(/^RC2$/),
  IDEA: encryption(/^IDEA$/),
  SEED: encryption(/^SEED$/),
  CBC: encryption(/^(?:AES|Camellia|3DES|DES|IDEA|SEED|RC2)$/),
  MD5: ({ mac }) => mac === 'MD5',
  SHA1: ({ mac }) => mac === 'SHA1',
  SHA: ({ mac }) => mac === 'SHA1',
  SHA256: ({ mac }) => mac === 'SHA256',
  SHA384: ({ mac }) => mac === 'SHA384',
  SSLv3: ({ since }) => since === 'SSLv3',
  TLSv1: ({ since }) => since === 'TLSv1',
  'TLSv1.0': ({ since }) => since === 'TLSv1',
  'TLSv1.2': ({ since }) => since === 'TLSv1.2',
});

const byName = new Map(cipherSuites.map((suite) => [suite.name, suite]));

/**
 * The suites that the string leaves enabled, in the order of the table. Undefined for what the text does not decide: variables and placeholders,
 * a system-wide profile. Names that are not known count for nothing, as in OpenSSL.
 */
export function enabledSuites(list: string): readonly CipherSuite[] | undefined {
  if (isFilledIn(list.replace(/@(?:STRENGTH|SECLEVEL=\d)/g, '')) || /PROFILE=|SUITEB/.test(list)) return undefined;
  const enabled = new Set<CipherSuite>();
  const killed = new Set<CipherSuite>();
  let level = 0;
  // `DEFAULT@SECLEVEL=1` needs no separator.
  for (const item of list.split(/[:;, ]+|(?=@)/)) {
    if (item.startsWith('@')) level = Number(/^@SECLEVEL=(\d)/.exec(item)?.[1] ?? level);
    else apply(item, enabled, killed);
  }
  return cipherSuites.filter((suite) => enabled.has(suite) && isAllowed(suite, level));
}

/** `X` adds, `-X` removes, `!X` removes for good, `+X` only moves to the end. */
function apply(item: string, enabled: Set<CipherSuite>, killed: Set<CipherSuite>): void {
  const sign = /^[-+!]/.exec(item)?.[0];
  if (item === '' || sign === '+') return;
  const suites = select(sign ? item.slice(1) : item, sign !== undefined);
  for (const suite of suites) {
    if (sign) enabled.delete(suite);
    else if (!killed.has(suite)) enabled.add(suite);
    if (sign === '!') killed.add(suite);
  }
}

/** Aliases by which somebody asks for suites that current builds no longer have; `ALL` or `ECDHE` stand for what the library has. */
const namesRetired: ReadonlySet<string> = new Set(
  'MEDIUM LOW EXP EXPORT EXPORT40 EXPORT56 3DES DES RC4 RC2 IDEA SEED MD5'.split(' '),
);

/** `A+B`: the suites that are both. */
function select(text: string, removes: boolean): readonly CipherSuite[] {
  const names = text.split('+');
  const withRetired = removes || names.some((name) => namesRetired.has(name) || byName.has(name));
  const tests = names.map((name): Test => {
    const named = byName.get(name);
    return named ? (suite) => suite === named : (aliases[name] ?? never);
  });
  return cipherSuites.filter((suite) => (withRetired || !suite.isRetired) && tests.every((test) => test(suite)));
}

/** What OpenSSL refuses at a security level whatever the list says. */
function isAllowed(suite: CipherSuite, level: number): boolean {
  if (level >= 1 && (isAnonymous(suite) || suite.mac === 'MD5' || suite.bits < 80)) return false;
  if (level >= 2 && (suite.enc === 'RC4' || suite.enc === '3DES')) return false;
  return level < 3 || suite.kx !== 'RSA';
}
