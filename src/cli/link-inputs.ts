/** Which of the files of a run belong together: as a config file says, as a compose file says, or because they were named together. */
import { withoutBrackets } from '../model/network.ts';
import { dirname, resolve } from 'node:path';
import { isNamedBy } from '../config/resolve.ts';
import { ConfigError, type ConfigLayer } from '../config/types.ts';
import { hasBlocks } from '../lint/documents.ts';
import type { OpenFile } from '../lint/open-file.ts';
import { lower } from '../servers/index.ts';
import type { Config } from '../syntax/config.ts';
import { isWithin } from '../text/paths.ts';
import { isComposeFile } from '../topology/compose-names.ts';
import type { Host } from '../topology/compose.ts';
import { unnamedMachine, type Machine } from '../topology/machine.ts';
import { mayRunTogether } from '../topology/plausible.ts';
import { Topology, type Member } from '../topology/topology.ts';
import type { Input } from './files.ts';
import { maxLinked } from './may-link.ts';
import { host as configHost } from './host.ts';
import type { Project, ProjectSettings } from './project.ts';
import { projectScopeOf } from './read-scope.ts';
import { realPath } from './real-path.ts';
import { UsageError } from './usage-error.ts';

/** Files that may belong together, each with its machine. */
export interface InputGroup {
  readonly inputs: ReadonlyMap<Input, Machine>;
  /** Whether a config file or a compose file says so. */
  readonly isStated: boolean;
}

/**
 * No file is in two groups; most are in none. `found`: files of a directory belong together, too, if they are few. Throws `ConfigError`,
 * `UsageError`.
 */
export async function groupInputs(
  inputs: readonly Input[],
  project: Project,
  { found = false } = {},
): Promise<readonly InputGroup[]> {
  const compose = inputs.filter(({ path }) => isComposeFile(path));
  const others = compose.length === 0 ? inputs : inputs.filter((input) => !compose.includes(input));
  const groups: InputGroup[] = [];
  const taken = new Set<Input>();
  const add = (group: InputGroup): void => {
    for (const input of group.inputs.keys()) taken.add(input);
    if (group.inputs.size > 0) groups.push(group);
  };
  for (const [layer, members] of await byLayer(others, project)) add(await statedGroup(layer, members));
  const left = others.filter((input) => !taken.has(input));
  if (compose.length > 0) add(await composeGroup(compose, left));
  const named = left.filter(
    (input) => !taken.has(input) && (found || input.named) && !hasBlocks(input.path, input.text),
  );
  if (named.length > 1 && named.length <= maxLinked) {
    const machine = unnamedMachine();
    add({ inputs: new Map(named.map((input) => [input, machine])), isStated: false });
  }
  return groups;
}

/** Files of several directories may have one config file. */
async function byLayer(inputs: readonly Input[], project: Project): Promise<Iterable<[ConfigLayer, Input[]]>> {
  const found = new Map<string, [ConfigLayer, Input[]]>();
  for (const input of inputs) {
    const layer = await project.topologyFor(input.path);
    const known = layer && found.get(layer.path);
    if (known) known[1].push(input);
    else if (layer) found.set(layer.path, [layer, [input]]);
  }
  return found.values();
}

async function statedGroup(layer: ConfigLayer, inputs: readonly Input[]): Promise<InputGroup> {
  const { path, directory, document } = layer;
  const { machines = [], compose = [] } = document.topology!;
  checkMachines(path, machines);
  const found = new Map<Input, Machine>();
  for (const { name, files, addresses = [] } of machines) {
    const machine: Machine = {
      name,
      names: new Set(addresses.map((address) => withoutBrackets(address).toLowerCase())),
      networks: undefined,
      forwards: new Map(),
    };
    for (const input of inputs) {
      if (!isNamedBy(layer, files, resolve(input.path), configHost)) continue;
      const other = found.get(input);
      if (other)
        throw new ConfigError(`${path}: topology: ${input.path} is on two machines, "${other.name}" and "${name}"`);
      found.set(input, machine);
    }
  }
  const host = newHost();
  for (const file of [compose].flat()) {
    const absolute = resolve(directory, file);
    if (!projectScopeOf(directory).holds(absolute))
      throw new ConfigError(`${path}: topology.compose: "${file}" lies outside of the project`);
    await placeMounted(absolute, readOrThrow(path, absolute), host, inputs, found);
  }
  return { inputs: found, isStated: true };
}

function checkMachines(
  path: string,
  machines: NonNullable<ConfigLayer['document']['topology']>['machines'] & object,
): void {
  const names = new Set<string>();
  const byAddress = new Map<string, string>();
  for (const { name, addresses = [] } of machines) {
    if (names.has(name)) throw new ConfigError(`${path}: topology.machines: there are two machines "${name}"`);
    names.add(name);
    for (const address of addresses) {
      const other = byAddress.get(address.toLowerCase());
      if (other !== undefined)
        throw new ConfigError(`${path}: topology.machines: "${address}" is an address of "${other}" and of "${name}"`);
      byAddress.set(address.toLowerCase(), name);
    }
  }
}

function readOrThrow(from: string, path: string): string {
  const text = configHost.read(path);
  if (text === undefined) throw new ConfigError(`${from}: topology.compose: ${path}: no such file`);
  return text;
}

/** What is named beside a compose file runs on the machine of the containers. */
async function composeGroup(compose: readonly Input[], inputs: readonly Input[]): Promise<InputGroup> {
  const host = newHost();
  const found = new Map<Input, Machine>();
  for (const { path, text } of compose) await placeMounted(path, text, host, inputs, found);
  if (found.size > 0) for (const input of inputs) if (input.named && !found.has(input)) found.set(input, host);
  return { inputs: found, isStated: true };
}

function newHost(): Host {
  return { ...unnamedMachine(), names: new Set(['host.docker.internal']), forwards: new Map() };
}

async function placeMounted(
  path: string,
  text: string,
  host: Host,
  inputs: readonly Input[],
  found: Map<Input, Machine>,
): Promise<void> {
  // It takes YAML, which most runs do without.
  const { ComposeError, readCompose } = await import('../topology/compose.ts');
  try {
    const { containers } = readCompose(path, text, realPath(dirname(resolve(path))), host);
    for (const { machine, mounts } of containers.values())
      for (const input of inputs) {
        const real = realPath(resolve(input.path));
        if (!found.has(input) && mounts.some((mount) => isWithin(mount, real))) found.set(input, machine);
      }
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}

/** The files that belong together, opened so that the rules know of each other; by input. Throws `ConfigError`, `UsageError`. */
export async function linkInputs(
  inputs: readonly Input[],
  project: Project,
  open: (input: Input, settings: ProjectSettings) => OpenFile,
): Promise<ReadonlyMap<Input, OpenFile>> {
  const files = new Map<Input, OpenFile>();
  for (const { inputs: members, isStated } of await groupInputs(inputs, project)) {
    let topology: Topology | undefined;
    const opened: OpenedInput[] = [];
    for (const [input, machine] of members) {
      const settings = await project.settingsFor(input.path);
      if (!settings) continue;
      const topologyOf = (config: Config): Topology | undefined =>
        topology?.members.some((member) => member.config === config) ? topology : undefined;
      const file = open(input, { ...settings, topologyOf });
      opened.push({ file, machine, settings });
      files.set(input, file);
    }
    topology = await linkReadable(opened, isStated);
  }
  return files;
}

/** A file that cannot be read is told when it is linted. */
async function linkReadable(opened: readonly OpenedInput[], isStated: boolean): Promise<Topology | undefined> {
  const readable: OpenedInput[] = [];
  for (const each of opened) {
    try {
      await each.file.read();
      readable.push(each);
    } catch {
      // Linting it says why.
    }
  }
  return linkOpened(readable, isStated);
}

/** A file of a group that was opened. */
export interface OpenedInput {
  readonly file: OpenFile;
  readonly machine: Machine;
  readonly settings: ProjectSettings;
}

/** Undefined where nothing links them: there is one at most, or they cannot run together. Throws what reading them throws. */
export async function linkOpened(opened: readonly OpenedInput[], isStated: boolean): Promise<Topology | undefined> {
  const members: Member[] = [];
  const included = new Set<string>();
  for (const { file, machine, settings } of opened) {
    for (const config of await file.read()) {
      if (config.file.unread !== undefined || config.file.source.outer?.kind === 'document') continue;
      for (const each of config.files) if (each !== config.file) included.add(realPath(resolve(each.source.path)));
      const { targets = {} } = settings;
      members.push({ config, model: lower(config, targets), targets, machine });
    }
  }
  // What another one includes is a part of that.
  const roots = members.filter(({ config }) => !included.has(realPath(resolve(config.file.source.path))));
  const topology = new Topology(roots, isStated);
  return roots.length > 1 && (isStated || mayRunTogether(topology)) ? topology : undefined;
}
