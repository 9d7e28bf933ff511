/**
 * Reads compose files: which containers there are, by which names they reach each other, and which configs each has mounted.
 * Source: https://github.com/compose-spec/compose-spec (spec.md, 2024-11).
 */
import { parseDocument } from 'yaml';
import { isAbsolute, join, normalize } from '../text/paths.ts';
import { merge, toObject, withBases, type Fields } from './compose-merge.ts';
import { publishedPorts } from './compose-ports.ts';
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
  readonly forwards: Map<number, Forward[]>;
}

export interface ComposeText {
  readonly path: string;
  readonly text: string;
  /** Whether somebody named it. */
  readonly named?: boolean;
}

/**
 * The files of one project, later ones over earlier ones. `directory`: that of the first. The ports that they publish are added to the host.
 * Throws {@link ComposeError}.
 */
export function readCompose(files: readonly ComposeText[], directory: string, host: Host): ComposeFile {
  const read = files.map(({ path, text }) => withBases(parse(path, text)));
  const project = toObject(read.reduce<unknown>((before, after) => merge(before, after), undefined));
  const services = toObject(project['services']);
  const names = Object.keys(services);
  if (names.length === 0) throw new ComposeError(`${files[0]!.path}: no compose file: it has no "services"`);
  const written = new Map(names.map((name) => [name, toObject(services[name])]));
  const nameOf = networkNames(project, directory);
  const machines = new Map<string, Machine>();
  for (const [name, service] of written) machines.set(name, machineOf(name, service, host, nameOf));
  for (const [name, { network_mode: mode }] of written) {
    const other = /^service:(.+)/.exec(String(mode))?.[1];
    const shared = other === undefined ? undefined : machines.get(other);
    if (shared) machines.set(name, shared);
  }
  const containers = new Map<string, Container>();
  for (const [name, service] of written) {
    const machine = machines.get(name)!;
    containers.set(name, { machine, mounts: mountsOf(service, directory) });
    if (machine === host) continue;
    addAliases(machine, service, machines, host);
    publish(machine, service, host);
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

/** A container, whose aliases are added when all are known. */
interface ComposeMachine extends Machine {
  readonly aliases: Map<string, Machine>;
}

function machineOf(name: string, service: Fields, host: Host, networkName: (name: string) => string): Machine {
  const { network_mode: mode, container_name: container, hostname, expose } = service;
  if (mode === 'host') return host;
  const networks = networksOf(service['networks']);
  const names = [name, container, hostname, ...networks.flatMap(({ aliases }) => aliases)];
  const joined = networks.length > 0 ? networks.map((network) => network.name) : ['default'];
  const ports = publishedPorts(service['ports']);
  const exposed = Array.isArray(expose) ? expose.map((port) => Number.parseInt(String(port), 10)) : [];
  const machine: ComposeMachine = {
    name: `container ${name}`,
    names: new Set(names.filter((each) => typeof each === 'string').map((each) => each.toLowerCase())),
    networks: new Set(mode === 'none' ? [] : joined.map(networkName)),
    forwards: new Map(),
    aliases: new Map(),
    opens: new Set([...exposed, ...ports.map(({ inside }) => inside)]),
    published: new Map(ports.map(({ outside, inside }) => [outside, inside])),
  };
  return machine;
}

/** Networks of a project are its own, unless they have a name that others use as well. */
function networkNames(project: Fields, directory: string): (name: string) => string {
  const networks = toObject(project['networks']);
  const { name: written } = project;
  const prefix = typeof written === 'string' ? written : directory;
  return (key) => {
    const { name, external } = toObject(networks[key]);
    const { name: formerly } = toObject(external);
    const shared = [name, formerly].find((each) => typeof each === 'string');
    return shared ?? (external === undefined || external === false ? `${prefix} ${key}` : key);
  };
}

/** `links: [db:database]`, `extra_hosts: [host.docker.internal:host-gateway]`. */
function addAliases({ aliases }: Machine, service: Fields, machines: ReadonlyMap<string, Machine>, host: Host): void {
  const { links, extra_hosts: hosts } = service;
  const own = aliases as Map<string, Machine>;
  for (const link of textsOf(links)) {
    const [name, alias] = link.split(':');
    const machine = machines.get(name!);
    if (machine && alias) own.set(alias.toLowerCase(), machine);
  }
  const written = Array.isArray(hosts) ? textsOf(hosts) : Object.entries(toObject(hosts)).map((each) => each.join(':'));
  for (const text of written) {
    const [, name] = /^([^:=]+)[:=]host-gateway$/.exec(text) ?? [];
    if (name !== undefined) own.set(name.toLowerCase(), host);
  }
}

/** A service of a profile runs beside others, or in place of one: it takes no port of a service that always runs. */
function publish(machine: Machine, service: Fields, { forwards }: Host): void {
  const isOptional = textsOf(service['profiles']).length > 0;
  for (const { outside, inside, address } of publishedPorts(service['ports'])) {
    const before = forwards.get(outside) ?? [];
    if (isOptional && before.length > 0) continue;
    forwards.set(outside, [...before, { machine, port: inside, address }]);
  }
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
function mountsOf({ volumes }: Fields, directory: string): string[] {
  const paths = (Array.isArray(volumes) ? volumes : []).flatMap((volume: unknown) => {
    const { type, source } = toObject(volume);
    const path = typeof volume === 'string' ? volume.split(':')[0]! : type === 'bind' ? source : undefined;
    return typeof path === 'string' && /^[./]/.test(path) && !path.includes('$') ? path : [];
  });
  return paths.map((path) => (isAbsolute(path) ? normalize(path) : join(directory, path)));
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
