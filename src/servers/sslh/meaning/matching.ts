/** Which connections an entry of `protocols` takes, as sslh's probe_buffer tries them: in order, the first match wins. */
import { effectiveVersion } from '../facts/index.ts';
import { children } from '../../../syntax/walk.ts';
import { isBefore, type Version } from '../../../model/versions.ts';
import { isTrue, stringIn, stringsIn, type Group, type SslhConfig } from './entries.ts';

/** Entries of one transport: since 2.0 sslh tries only those of the transport that a connection came by, before that all. */
export function byTransport({ protocols }: SslhConfig, target: Version | undefined): (readonly Group[])[] {
  if (isBefore(effectiveVersion(target), '2.0')) return [protocols];
  const isUdp = (group: Group): boolean => isTrue(group, 'is_udp');
  return [protocols.filter((group) => !isUdp(group)), protocols.filter(isUdp)];
}

/** The probe of an entry; `ssl` is an old name of `tls`. */
export function probeOf(group: Group): string | undefined {
  const name = stringIn(group, 'name');
  return name === 'ssl' ? 'tls' : name;
}

/** A probe that matches whatever comes. */
export function isCatchAll(group: Group): boolean {
  const name = probeOf(group);
  const matchesAll =
    name === 'anyprot' ||
    name === 'timeout' ||
    (name === 'regex' && stringsIn(group, 'regex_patterns').some(({ value }) => /^\^?(?:\.[*+]?)?$/.test(value)));
  return matchesAll && !isConditional(group);
}

/** A regex probe without any pattern matches nothing. */
export function matchesNothing(group: Group): boolean {
  return probeOf(group) === 'regex' && !group.open && !hasElements(group, 'regex_patterns');
}

/** `minlength` puts the probe off until enough has come, and later entries are tried meanwhile. */
function isConditional(group: Group): boolean {
  return group.open || group.settings.has('minlength');
}

/** Whether whatever `later` matches is taken by `earlier`, going by their names and, for tls, by ALPN; SNI is a matter of single names. */
export function takesAll(earlier: Group, later: Group): boolean {
  if (isCatchAll(earlier)) return true;
  const name = probeOf(earlier);
  if (name === undefined || name === 'regex' || name !== probeOf(later) || isConditional(earlier)) return false;
  return name !== 'tls' || (!hasNames(earlier) && takesAlpn(earlier, later));
}

/** The entry that gets a connection on which nothing decisive comes in time: sslh's timeout_protocol. */
export function timeoutEntry({ main, protocols }: SslhConfig): Group | undefined {
  const target = stringIn(main, 'on-timeout') ?? 'ssh';
  return protocols.find((group) => stringIn(group, 'name') === target) ?? protocols[0];
}

function hasNames(group: Group): boolean {
  return hasElements(group, 'sni_hostnames');
}

/** An empty array says no more than none. */
function hasElements({ settings }: Group, name: string): boolean {
  const setting = settings.get(name);
  return setting !== undefined && (!setting.block?.close || children(setting.block).length > 0);
}

/** ALPN names are compared as they are; an entry without any takes all. */
export function takesAlpn(earlier: Group, later: Group): boolean {
  if (!hasElements(earlier, 'alpn_protocols')) return true;
  const taken = new Set(stringsIn(earlier, 'alpn_protocols').map(({ value }) => value));
  const asked = stringsIn(later, 'alpn_protocols');
  return asked.length > 0 && asked.every(({ value }) => taken.has(value));
}
