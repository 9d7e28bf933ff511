/**
 * Reads compose files: which containers there are, by which names they reach each other, and which configs each has mounted.
 * Source: https://github.com/compose-spec/compose-spec (spec.md, 2024-11).
 */
import { parseDocument } from 'yaml';
import { isAbsolute, join, normalize } from '../text/paths.ts';
import type { Forward, Machine } from './machine.ts';

export interface ComposeFile {
  /** By name of the service. */
  readonly containers: ReadonlyMap<string, Container>;
}

export interface Container {
  readonly machine: Machine;
  /** Absolute paths outside, of files and directories. */
  readonly mounts: readonly string[];
}

/** A compose file that cannot be read. The message names the file and the line. */
export class ComposeError extends Error {}

/** What is on the machine that runs containers. */
export interface Host extends Machine {
  /** Ports that containers publish. */
  readonly forwards: Map<number, Forward>;
}

/** `directory`: that of the file. The ports that it publishes are added to the host. Throws {@link ComposeError}. */
export function readCompose(path: string, text: string, directory: string, host: Host): ComposeFile {
  const fields = parse(path, text);
  const services = fields['services'];
  if (Object.keys(toObject(services)).length === 0)
    throw new ComposeError(`${path}: no compose file: it has no "services"`);
  const containers = new Map<string, Container>();
  for (const [name, written] of Object.entries(toObject(services))) {
    const service = toObject(written);
    const container = containerOf(name, service, directory, host);
    containers.set(name, container);
    if (container.machine === host) continue;
    for (const { outside, inside } of portsOf(service['ports']))
      host.forwards.set(outside, { machine: container.machine, port: inside });
  }
  return { containers };
}

function parse(path: string, text: string): Fields {
  try {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error) throw new ComposeError(`${path}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`);
    return toObject(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    if (error instanceof ComposeError) throw error;
    // Too many aliases, or nested too deep.
    throw new ComposeError(`${path}: cannot be read: ${error instanceof Error ? error.message : 'no YAML'}`, {
      cause: error,
    });
  }
}

function containerOf(name: string, service: Fields, directory: string, host: Host): Container {
  const mounts = mountsOf(service).map((path) => (isAbsolute(path) ? normalize(path) : join(directory, path)));
  if (service['network_mode'] === 'host') return { machine: host, mounts };
  const networks = networksOf(service['networks']);
  const names = [name, service['container_name'], service['hostname'], ...networks.flatMap(({ aliases }) => aliases)];
  return {
    machine: {
      name: `container ${name}`,
      names: new Set(names.filter((each) => typeof each === 'string').map((each) => each.toLowerCase())),
      networks: new Set(networks.length > 0 ? networks.map((network) => network.name) : ['default']),
      forwards: new Map(),
    },
    mounts,
  };
}

interface Network {
  readonly name: string;
  readonly aliases: readonly string[];
}

/** A list of names, or settings by name. */
function networksOf(written: unknown): Network[] {
  if (Array.isArray(written)) return written.map((name) => ({ name: String(name), aliases: [] }));
  return Object.entries(toObject(written)).map(([name, settings]) => {
    const { aliases, ipv4_address: ipv4, ipv6_address: ipv6 } = toObject(settings);
    const addresses = [ipv4, ipv6].filter((each) => typeof each === 'string');
    return { name, aliases: [...textsOf(aliases), ...addresses] };
  });
}

/** `./nginx.conf:/etc/nginx/nginx.conf:ro`, or `{ type: bind, source, target }`. Named volumes are none. */
function mountsOf({ volumes }: Fields): string[] {
  return (Array.isArray(volumes) ? volumes : []).flatMap((volume: unknown) => {
    const { type, source } = toObject(volume);
    const path = typeof volume === 'string' ? volume.split(':')[0]! : type === 'bind' ? source : undefined;
    return typeof path === 'string' && /^[./]/.test(path) && !path.includes('$') ? path : [];
  });
}

interface Port {
  readonly outside: number;
  readonly inside: number;
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `{ target: 80, published: 8080 }`; ranges and variables are left out. */
function portsOf(written: unknown): Port[] {
  return (Array.isArray(written) ? written : []).flatMap((port: unknown) => {
    const { target, published, protocol } = toObject(port);
    if (target !== undefined) return protocol === 'udp' ? [] : portOf(published, target);
    const match = /^(?:.*:)?(\d{1,5}):(\d{1,5})(?:\/tcp)?$/.exec(String(port));
    return match ? portOf(match[1], match[2]) : [];
  });
}

function portOf(published: unknown, target: unknown): Port[] {
  const [outside, inside] = [Number(published), Number(target)];
  return Number.isInteger(outside) && Number.isInteger(inside) ? [{ outside, inside }] : [];
}

type Fields = Readonly<Record<string, unknown>>;

function toObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
