import { syslogFacilities } from '../facts/index.ts';
import { ipv4Form, isBrokenIpv4 } from '../../../model/network.ts';
import { schemeOf } from '../../../model/scheme.ts';
import { isBefore } from '../../../model/versions.ts';
import { pcreFault } from '../../../regex/fault.ts';
import { placeIn, type Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import type { Place } from '../../../text/source.ts';
import { wordTable } from '../../../text/word-table.ts';
import { isTrue, sslhConfig, stringIn, stringsIn, type Group } from '../meaning/entries.ts';
import type { Judged, Refusal } from './refusal.ts';

type WrongValue = Refusal<'sslh-invalid-value'>;

/** Ports, hosts, patterns and a facility that sslh cannot use. */
export function wrongValues(judged: Judged): WrongValue[] {
  const { main, listen, protocols } = sslhConfig(judged);
  const found = [
    judgeFacility(main, judged),
    ...[...listen, ...protocols].flatMap((group) => [judgePort(group), judgeHost(group, judged)]),
    ...protocols.flatMap((entry) => [
      ...judgePatterns(entry, judged),
      ...judgeElements(entry, judged),
      judgeProxyProtocol(entry),
    ]),
  ];
  return found.filter((each) => each !== undefined);
}

function judgeFacility(main: Group, { version }: Judged): WrongValue | undefined {
  const facility = stringIn(main, 'syslog_facility');
  const known = isBefore(version, '1.21') ? syslogFacilities.filter((name) => name !== 'none') : syslogFacilities;
  if (facility === undefined || known.includes(facility)) return undefined;
  const data = { facility, known: known.join(', ') };
  return { message: 'facility', at: valueOf(main.settings.get('syslog_facility')!), data };
}

function judgePort(group: Group): WrongValue | undefined {
  const port = stringIn(group, 'port');
  if (port === undefined || isTrue(group, 'is_unix')) return undefined;
  const at = valueOf(group.settings.get('port')!);
  if (port === '') {
    return isPath(stringIn(group, 'host')) ? undefined : { message: 'emptyPort', at, severity: 'warning' };
  }
  if (!/^\d+$/.test(port)) {
    return /^[\d_.+-]*[a-z][\w.+-]*$/i.test(port) ? undefined : { message: 'noPort', at, data: { port } };
  }
  if (Number(port) <= 65_535) return undefined;
  return { message: 'portRange', at, severity: 'warning', data: { port, cut: Number(port) % 65_536 } };
}

function judgeHost(group: Group, { version }: Judged): WrongValue | undefined {
  const host = stringIn(group, 'host');
  if (host === undefined) return undefined;
  const at = valueOf(group.settings.get('host')!);
  const data = { host };
  if (isTrue(group, 'is_unix')) {
    return isPath(host) || host.startsWith('.') ? undefined : { message: 'notPath', at, severity: 'warning', data };
  }
  if (schemeOf(host) !== undefined) return { message: 'url', at, data };
  if (/^[^:]+:\d+$/.test(host)) return { message: 'hostWithPort', at, data };
  if (isBrokenIpv4(host)) return { message: 'address', at, data: { host, expected: ipv4Form } };
  if (host.startsWith('[') && !host.includes(']'))
    return { message: 'address', at, data: { host, expected: 'an IPv6 address in brackets' } };
  return isPath(host) && !isBefore(version, '2.2') ? { message: 'path', at, data } : undefined;
}

/** In patterns of either kind; a backslash in brackets is a sign as any other in those of POSIX. */
function isFaultOfBoth(fault: string, pattern: string): boolean {
  return fault.includes('parenthesis') || (fault.includes('character class') && !pattern.includes('\\'));
}

function judgePatterns(entry: Group, { version }: Judged): WrongValue[] {
  if (stringIn(entry, 'name') !== 'regex') return [];
  // Before, patterns were those of POSIX, which differ in all but their parentheses and brackets.
  const isPosix = isBefore(version, '1.22');
  return stringsIn(entry, 'regex_patterns').flatMap(({ value: pattern, word, directive }) => {
    const fault = pcreFault(pattern);
    if (fault === undefined || (isPosix && !isFaultOfBoth(fault, pattern))) return [];
    return { message: 'pattern' as const, at: placeIn(directive, word), data: { pattern, fault } };
  });
}

/** The arrays that a probe reads. sslh before 1.21 ends at a value that is no string, newer ones never match it. */
const arrays: Readonly<Record<string, readonly string[]>> = wordTable({
  tls: ['sni_hostnames', 'alpn_protocols'],
  regex: ['regex_patterns'],
});

function judgeElements(entry: Group, { version }: Judged): WrongValue[] {
  const severity = isBefore(version, '1.21') ? ('error' as const) : ('warning' as const);
  return (arrays[stringIn(entry, 'name') ?? ''] ?? []).flatMap((name) => {
    const block = entry.settings.get(name)?.block;
    if (block?.kind !== 'array') return [];
    return children(block).flatMap((element) => {
      const word = element.key === '' ? element.args[0] : undefined;
      if (!word || word.quote || word.raw.startsWith('$')) return [];
      return { message: 'element' as const, at: placeIn(element, word), severity, data: { name, value: word.raw } };
    });
  });
}

function judgeProxyProtocol({ settings }: Group): WrongValue | undefined {
  const setting = settings.get('proxyprotocol');
  const value = setting?.args[0]?.raw ?? '';
  if (!setting || !/^\d+$/.test(value) || Number(value) <= 2) return undefined;
  return { message: 'proxyprotocol', at: valueOf(setting), severity: 'warning', data: { value } };
}

function valueOf(setting: Directive): Place {
  return placeIn(setting, { start: setting.args[0]!.start, end: setting.args.at(-1)!.end });
}

function isPath(host: string | undefined): boolean {
  return host?.startsWith('/') ?? false;
}
