/** Opens files that belong together, and links them by their addresses. */
import { resolve } from 'node:path';
import type { OpenFile } from '../../lint/open-file.ts';
import { lower } from '../../servers/index.ts';
import type { Config } from '../../syntax/config.ts';
import { isEditedOutside } from '../../text/source.ts';
import type { Machine } from '../../topology/machine.ts';
import { mayRunTogether } from '../../topology/plausible.ts';
import { Topology, type Member } from '../../topology/topology.ts';
import type { Input } from '../files/find-inputs.ts';
import type { Project } from '../project/project.ts';
import type { ProjectSettings } from '../project/settings.ts';
import { realPath } from '../files/real-path.ts';
import { groupInputs, type InputGroup } from './group-inputs.ts';

/** The files that belong together, opened so that the rules know of each other; by input. Throws `ConfigError`, `UsageError`. */
export async function linkInputs(
  inputs: readonly Input[],
  project: Project,
  open: (input: Input, settings: ProjectSettings) => OpenFile,
): Promise<ReadonlyMap<Input, OpenFile>> {
  const files = new Map<Input, OpenFile>();
  for (const group of await groupInputs(inputs, project)) {
    let topology: Topology | undefined;
    const opened: OpenedInput[] = [];
    for (const [input, machine] of group.inputs) {
      const settings = await project.settingsFor(input.path);
      if (!settings) continue;
      const topologyOf = (config: Config): Topology | undefined =>
        topology?.members.some((member) => member.config === config) ? topology : undefined;
      const file = open(input, { ...settings, topologyOf });
      opened.push({ file, machine, settings });
      files.set(input, file);
    }
    topology = await linkReadable(opened, group);
  }
  return files;
}

/** A file that cannot be read is told when it is linted. */
async function linkReadable(opened: readonly OpenedInput[], group: InputGroup): Promise<Topology | undefined> {
  const readable: OpenedInput[] = [];
  for (const each of opened) {
    try {
      await each.file.read();
      readable.push(each);
    } catch {
      // Linting it says why.
    }
  }
  return linkOpened(readable, group);
}

/** A file of a group that was opened. */
export interface OpenedInput {
  readonly file: OpenFile;
  readonly machine: Machine;
  readonly settings: ProjectSettings;
}

/** Undefined where nothing links them: there is one at most, or they cannot run together. Throws what reading them throws. */
export async function linkOpened(
  opened: readonly OpenedInput[],
  { isStated, containers }: Pick<InputGroup, 'isStated' | 'containers'>,
): Promise<Topology | undefined> {
  const members: Member[] = [];
  const included = new Set<string>();
  for (const { file, machine, settings } of opened) {
    for (const config of await file.read()) {
      if (config.file.unread !== undefined || isEditedOutside(config.file.source.outer)) continue;
      for (const each of config.files) if (each !== config.file) included.add(realPath(resolve(each.source.path)));
      const { targets = {} } = settings;
      members.push({ config, model: lower(config, targets), targets, machine });
    }
  }
  // What another one includes is a part of that.
  const roots = members.filter(({ config }) => !included.has(realPath(resolve(config.file.source.path))));
  const topology = new Topology(roots, isStated, containers);
  // One config beside the containers that it leads to is enough.
  const isSeveral = roots.length > 1 || (roots.length === 1 && containers !== undefined && containers.length > 1);
  return isSeveral && (isStated || mayRunTogether(topology)) ? topology : undefined;
}
