/** Which files of a run belong together: as a config file says, as a compose file says, or because they were named together. */
import { withoutBrackets } from '../../model/network.ts';
import { dirname, resolve } from 'node:path';
import { isNamedBy } from '../../config/resolve.ts';
import { ConfigError, type ConfigLayer } from '../../config/types.ts';
import { hasBlocks } from '../../lint/documents.ts';
import { isWithin } from '../../text/paths.ts';
import { isComposeFile, projectFiles } from '../../topology/compose-names.ts';
import type { ComposeText, Host } from '../../topology/compose.ts';
import { unnamedMachine, type Machine } from '../../topology/machine.ts';
import type { Input } from '../files/find-inputs.ts';
import { maxLinked } from './may-link.ts';
import { host as configHost } from '../project/host.ts';
import type { Project } from '../project/project.ts';
import { projectScopeOf } from '../files/read-scope.ts';
import { realPath } from '../files/real-path.ts';
import { UsageError } from '../usage-error.ts';

/** Files that may belong together, each with its machine. */
export interface InputGroup {
  readonly inputs: ReadonlyMap<Input, Machine>;
  /** Whether a config file or a compose file says so. */
  readonly isStated: boolean;
  /** Containers, also of services without a config. */
  readonly containers?: readonly Machine[];
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
  const files = [compose].flat().map((file) => {
    const absolute = resolve(directory, file);
    if (!projectScopeOf(directory).holds(absolute))
      throw new ConfigError(`${path}: topology.compose: "${file}" lies outside of the project`);
    return { path: absolute, text: readOrThrow(path, absolute), named: true };
  });
  const containers = await placeMounted(files, host, inputs, found);
  return { inputs: found, isStated: true, containers };
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
  const containers = await placeMounted(compose, host, inputs, found);
  if (found.size > 0) for (const input of inputs) if (input.named && !found.has(input)) found.set(input, host);
  return { inputs: found, isStated: true, containers };
}

function newHost(): Host {
  return { ...unnamedMachine(), names: new Set(['host.docker.internal']), forwards: new Map() };
}

/** Returns the machines of all services. */
async function placeMounted(
  files: readonly ComposeText[],
  host: Host,
  inputs: readonly Input[],
  found: Map<Input, Machine>,
): Promise<Machine[]> {
  if (files.length === 0) return [];
  // It takes YAML, which most runs do without.
  const { ComposeError, readCompose } = await import('../../topology/compose.ts');
  const byDirectory = new Map<string, ComposeText[]>();
  for (const file of files) {
    const directory = realPath(dirname(resolve(file.path)));
    const others = byDirectory.get(directory);
    if (others) others.push(file);
    else byDirectory.set(directory, [file]);
  }
  const projects = [...byDirectory].flatMap(([directory, own]) =>
    projectFiles(own).map((texts) => [directory, texts] as const),
  );
  try {
    return projects.flatMap(([directory, texts]) => {
      const { containers } = readCompose(texts, directory, host);
      return [...containers.values()].map(({ machine, mounts }) => {
        for (const input of inputs) {
          const real = realPath(resolve(input.path));
          if (!found.has(input) && mounts.some((mount) => isWithin(mount, real))) found.set(input, machine);
        }
        return machine;
      });
    });
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    throw new UsageError(error.message, { cause: error });
  }
}
