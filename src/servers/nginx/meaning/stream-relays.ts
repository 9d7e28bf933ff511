/** What the servers of `stream` hand on, and where to. */
import type { Unknown } from '../../../model/model.ts';
import { readUrl } from '../../../model/url.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { childrenNamed, directivesByKey } from '../../../syntax/walk.ts';
import { addressOf } from './listen.ts';
import { isOff, settingOf } from './settings.ts';
import { usualPort, type UpstreamPlace } from './upstream-servers.ts';

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
  /** The servers that the pass names; empty where that is not known. */
  readonly places: readonly UpstreamPlace[];
  /** Whether a PROXY header goes in front. */
  readonly sendsHeader: boolean;
  /** Whether the backend is spoken to over TLS. */
  readonly tls: boolean;
  /** Whether the backend sees the address of the client. */
  readonly transparent: boolean;
}

const known = new WeakMap<Config, readonly StreamRelay[]>();

/** In the order of the config; read once. */
export function streamRelays(config: Config): readonly StreamRelay[] {
  let relays = known.get(config);
  if (!relays) {
    const streams = (directivesByKey(config.file.root).get('stream') ?? []).flatMap(({ block }) => block ?? []);
    if (config.level === 'stream') streams.push(config.file.root);
    known.set(config, (relays = streams.flatMap(relaysOf)));
  }
  return relays;
}

function relaysOf(stream: Block): StreamRelay[] {
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
      places: pass ? placesOf(pass, groups) : [],
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

function placesOf(pass: Directive, groups: ReadonlyMap<string, Directive>): UpstreamPlace[] {
  const written = pass.args[0]?.value ?? '';
  const group = groups.get(written.toLowerCase());
  if (!group) return placeOf(written);
  const servers = childrenNamed(group.block, 'server').filter(
    ({ args }) => !args.slice(1).some(({ value }) => value === 'down' || value === 'backup'),
  );
  const places = servers.flatMap(({ args }) => placeOf(args[0]?.value ?? ''));
  return places.length === servers.length ? places : [];
}

function placeOf(text: string): UpstreamPlace[] {
  const { socket, authority, host, port } = readUrl(text);
  if (socket) return [{ host: socket.text, port: undefined }];
  const number = port ? Number(port.text) : usualPort;
  return authority.isFixed && host.text !== '' && Number.isInteger(number) ? [{ host: host.text, port: number }] : [];
}
