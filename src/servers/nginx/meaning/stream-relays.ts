/** What the servers of `stream` hand on, and where to. */
import { unknown, type Unknown } from '../../../model/model.ts';
import { readUrl } from '../../../model/url.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { childrenNamed, directivesByKey } from '../../../syntax/walk.ts';
import { serverAround, type Definitions } from './definitions.ts';
import { addressOf } from './listen.ts';
import { isOff, settingOf } from './settings.ts';
import type { UpstreamPlace } from './upstream-servers.ts';
import { valuesOf } from './value-set.ts';
import { variablesOf } from './variables.ts';

export interface StreamListen {
  /** `*`, an address, or `unix:/path`. */
  readonly address: string;
  readonly port: number | Unknown;
  readonly isUdp: boolean;
  readonly tls: boolean;
  /** Whether a PROXY header must come in front. */
  readonly proxyProtocol: boolean;
  readonly directive: Directive;
}

export interface StreamRelay {
  readonly directive: Directive;
  readonly block: Block;
  readonly listens: readonly StreamListen[];
  /** Undefined: it answers by itself. */
  readonly pass: Directive | undefined;
  /** The servers that the pass names, or may name by a variable; empty where that is not known. */
  readonly places: readonly UpstreamPlace[];
  /** The groups of servers that a name may mean, in lower case. */
  readonly groups: Groups;
  /** Whether a PROXY header goes in front. */
  readonly sendsHeader: boolean;
  /** Whether the backend is spoken to over TLS. */
  readonly tls: boolean;
  /** Whether the backend sees the address of the client. */
  readonly transparent: boolean;
}

type Groups = ReadonlyMap<string, Directive>;

const known = new WeakMap<Config, readonly StreamRelay[]>();

/** In the order of the config; read once. */
export function streamRelays(config: Config): readonly StreamRelay[] {
  let relays = known.get(config);
  if (!relays) {
    const streams = (directivesByKey(config.file.root).get('stream') ?? []).flatMap(({ block }) => block ?? []);
    if (config.level === 'stream') streams.push(config.file.root);
    known.set(config, (relays = streams.flatMap((stream) => relaysOf(stream, config))));
  }
  return relays;
}

function relaysOf(stream: Block, config: Config): StreamRelay[] {
  const groups = new Map(
    childrenNamed(stream, 'upstream').map((group) => [group.args[0]?.value.toLowerCase() ?? '', group]),
  );
  return childrenNamed(stream, 'server').flatMap((directive) => {
    const { block } = directive;
    if (!block) return [];
    const [pass] = childrenNamed(block, 'proxy_pass');
    const setting = (key: string): Directive | undefined => settingOf(block, key) ?? settingOf(stream, key);
    const isOn = (key: string): boolean => {
      const found = setting(key);
      return found !== undefined && !isOff(found);
    };
    return {
      directive,
      block,
      listens: childrenNamed(block, 'listen').map(listenOf),
      pass,
      places: pass ? placesOf(pass, groups, () => definitionsIn(stream, config)) : [],
      groups,
      sendsHeader: isOn('proxy_protocol'),
      tls: isOn('proxy_ssl'),
      transparent: setting('proxy_bind')?.args.some(({ value }) => value === 'transparent') ?? false,
    };
  });
}

function listenOf(directive: Directive): StreamListen {
  const words = new Set(directive.args.slice(1).map(({ value }) => value));
  return {
    ...addressOf(directive.args[0]?.value ?? ''),
    isUdp: words.has('udp'),
    tls: words.has('ssl'),
    proxyProtocol: words.has('proxy_protocol'),
    directive,
  };
}

/** More values of a variable than these are not counted up. */
const maxValues = 2000;

function placesOf(pass: Directive, groups: Groups, definitions: () => Definitions): UpstreamPlace[] {
  const written = pass.args[0]?.value ?? '';
  if (!written.includes('$')) return placesNamed(written, groups);
  const values = valuesOf(written, pass, definitions(), maxValues);
  return values === unknown
    ? []
    : [...new Set(values.map(({ text }) => text))].flatMap((text) => placesNamed(text, groups));
}

/** A `map` of http gives nothing in stream. */
function definitionsIn(stream: Block, config: Config): Definitions {
  const { definitions } = variablesOf(config);
  const isInside = (directive: Directive): boolean =>
    directive.parent === stream || serverAround(directive)?.parent === stream;
  return { ...definitions, before: (name, at) => definitions.before(name, at).filter(isInside) };
}

/** The servers that a name means: of a group, or the one at the address; empty where that is not known. */
export function placesNamed(name: string, groups: Groups): UpstreamPlace[] {
  const group = groups.get(name.toLowerCase());
  if (!group) return placeOf(name);
  const servers = childrenNamed(group.block, 'server').filter(
    ({ args }) => !args.slice(1).some(({ value }) => value === 'down' || value === 'backup'),
  );
  const places = servers.flatMap(({ args }) => placeOf(args[0]?.value ?? ''));
  return places.length === servers.length ? places : [];
}

/** Nothing without a port: there is no usual one. */
function placeOf(text: string): UpstreamPlace[] {
  const { socket, authority, host, port } = readUrl(text);
  if (socket) return [{ host: socket.text, port: undefined }];
  const number = Number(port?.text);
  return authority.isFixed && host.text !== '' && Number.isInteger(number) ? [{ host: host.text, port: number }] : [];
}
