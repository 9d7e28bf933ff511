import { messageOf, stackOf } from '../../lint/failure.ts';
import { ConfigError } from '../../config/types.ts';
import { OpenFile } from '../../lint/open-file.ts';
import { Budget } from '../../text/budget.ts';
import { isComposeFile } from '../../topology/compose-names.ts';
import { unnamedMachine } from '../../topology/machine.ts';
import type { Topology } from '../../topology/topology.ts';
import { AccessRun, fileAccess } from './file-access.ts';
import { collectInputs, type Input } from './find-inputs.ts';
import type { OpenedInput } from '../linked/link-inputs.ts';
import type { ReadOptions } from '../options.ts';
import { isDebugging, runtime, tell } from '../output.ts';
import { Project } from '../project/project.ts';
import { version } from '../version.ts';

/** The files that the paths stand for, opened, and the topologies of those that belong together. */
export interface LinkedFiles {
  readonly files: readonly OpenedInput[];
  readonly topologies: readonly Topology[];
  /** How many configs, or files, could not be read; each is told. */
  readonly failures: number;
}

/** Throws `UsageError`, `ConfigError`. */
export async function readLinked(paths: readonly string[], options: ReadOptions): Promise<LinkedFiles> {
  const project = projectOf(options);
  const { inputs, unread } = await collectInputs(paths, options);
  tell(...unread.map(({ message }) => message));
  const reading: Reading = { options, project, budget: new Budget(), access: new AccessRun() };
  const opened = new Map<Input, OpenedInput>();
  let failures = unread.length;
  const [{ groupInputs }, { linkOpened }] = await Promise.all([
    import('../linked/group-inputs.ts'),
    import('../linked/link-inputs.ts'),
  ]);
  const groups = await groupInputs(inputs, project, { found: true });
  for (const input of inputs) {
    if (isComposeFile(input.path)) continue;
    const machine = groups.find((group) => group.inputs.has(input))?.inputs.get(input) ?? unnamedMachine();
    try {
      const one = await openInput(input, reading);
      if (!one) continue;
      failures += await tellLimits(one.file);
      opened.set(input, { ...one, machine });
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      failures++;
      tellFailure(input.path, error);
    }
  }
  const topologies: Topology[] = [];
  for (const group of groups) {
    const linked = await linkOpened(
      [...group.inputs.keys()].flatMap((input) => opened.get(input) ?? []),
      group,
    );
    if (linked) topologies.push(linked);
  }
  return { files: [...opened.values()], topologies, failures };
}

interface Reading {
  readonly options: ReadOptions;
  readonly project: Project;
  readonly budget: Budget;
  readonly access: AccessRun;
}

/** Undefined for a file that the config file ignores. */
async function openInput(
  { path, text }: Input,
  { options, project, budget, access }: Reading,
): Promise<Pick<OpenedInput, 'file' | 'settings'> | undefined> {
  const settings = await project.settingsFor(path);
  if (!settings) return undefined;
  const files = fileAccess(settings.scope, access);
  return { file: new OpenFile({ path, text, dialect: options.type }, { ...settings, files, budget }), settings };
}

function projectOf(options: ReadOptions): Project {
  return new Project({ ...options, rule: [], only: [], skip: [], profile: [] });
}

export interface FromFiles<Result> {
  readonly results: readonly Result[];
  /** How many configs, or files, could not be read; each is told. */
  readonly failures: number;
}

/** What `use` makes of each file that the paths stand for. Throws `UsageError`. */
export async function readFiles<Result>(
  paths: readonly string[],
  options: ReadOptions,
  use: (file: OpenFile) => Promise<readonly Result[]>,
): Promise<FromFiles<Result>> {
  const project = projectOf(options);
  const results: Result[] = [];
  const { inputs, unread } = await collectInputs(paths, options);
  tell(...unread.map(({ message }) => message));
  let failures = unread.length;
  const reading: Reading = { options, project, budget: new Budget(), access: new AccessRun() };
  for (const input of inputs) {
    try {
      const opened = await openInput(input, reading);
      if (!opened) continue;
      failures += await tellLimits(opened.file);
      results.push(...(await use(opened.file)));
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      failures++;
      tellFailure(input.path, error);
    }
  }
  return { results, failures };
}

/** Says what is left out for a limit. @returns how many configs are too large to be read at all */
async function tellLimits(file: OpenFile): Promise<number> {
  let tooLarge = 0;
  for (const { notices = [], file: root } of await file.read()) {
    tell(...notices.filter(({ kind }) => kind === 'limit').map(({ message }) => message));
    if (root.unread !== undefined) tooLarge++;
  }
  return tooLarge;
}

/** The other configs go on. */
function tellFailure(path: string, error: unknown): void {
  tell(
    `${path}: internal error: ${messageOf(error)}`,
    `please report it at https://github.com/proxylint/proxylint/issues, with the config and this: proxylint ${version}, ${runtime}`,
  );
  if (isDebugging()) tell(...(stackOf(error) ?? '').split('\n'));
}
