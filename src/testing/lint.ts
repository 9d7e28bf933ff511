/** Lints a text as the command line does, without its file handling. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { fileAccess } from '../cli/files/file-access.ts';
import { ReadScope } from '../cli/files/read-scope.ts';
import { canonical } from '../cli/files/real-path.ts';
import type { Failure } from '../lint/failure.ts';
import type { Finding } from '../rules/finding.ts';
import { applyFixes } from '../fix/apply.ts';
import type { Config, Level } from '../syntax/config.ts';
import type { FileAccess } from '../text/files.ts';
import { expandIncludes } from '../syntax/includes.ts';
import { configOf as configOfFile } from '../servers/config.ts';
import { isForeign, loadParser, lower, serverOf } from '../servers/index.ts';
import { unnamedMachine } from '../topology/machine.ts';
import { Topology } from '../topology/topology.ts';
import { SourceFile } from '../text/source.ts';
import { dialects, type Dialect } from '../syntax/tree.ts';
import { lintConfig } from '../lint/run.ts';
import type { ActiveRule } from '../lint/plan.ts';
import { rules as allRules } from '../rules/index.gen.ts';
import type { Targets } from '../model/versions.ts';

export interface TextToLint {
  readonly path: string;
  readonly text: string;
  readonly dialect: Dialect;
  readonly targets?: Targets | undefined;
  /** Undefined: inferred from the text. */
  readonly level?: Level | undefined;
  /** True: what it includes is read, if it lies in the folder of `path`. */
  readonly withIncludes?: boolean | undefined;
  /** Paths of configs that run on the same machine. */
  readonly chain?: readonly string[] | undefined;
}

export interface Linted {
  readonly config: Config;
  readonly findings: readonly Finding[];
}

export async function configOf(input: TextToLint): Promise<Config> {
  const parse = await loadParser(input.dialect);
  const file = parse(new SourceFile(input.path, input.text));
  if (input.withIncludes) {
    const base = dirname(input.path);
    const rules = serverOf(input.dialect).includes;
    expandIncludes(file, { parse, rules, isForeign, files: confinedTo(base), base });
  }
  return configOfFile(file, input.level);
}

/** The rest of the machine does not exist, so that a test gives the same everywhere. */
function confinedTo(folder: string): FileAccess {
  const isInside = (path: string): boolean => resolve(path).startsWith(`${resolve(folder)}/`);
  const files = fileAccess(new ReadScope([folder]));
  return {
    read: (path) => (isInside(path) ? files.read(path) : { ok: false, reason: 'not-found' }),
    glob: (pattern) => files.glob(pattern).filter(isInside),
    canonical,
  };
}

const knownRules = new Set(allRules.map(({ id }) => id));

export async function lint(input: TextToLint, rules: readonly ActiveRule[]): Promise<Linted> {
  const config = await configOf(input);
  const topology = await topologyOf(config, input);
  const targets = input.targets ?? {};
  const outcome = await lintConfig(config, { rules, knownRules, targets, ...(topology && { topology }) });
  refuseFailures(outcome.failures);
  return { config, findings: outcome.findings };
}

/** The config with those that {@link TextToLint.chain} names; undefined: it stands by itself. */
export async function topologyOf(
  config: Config,
  { chain = [], targets = {} }: TextToLint,
): Promise<Topology | undefined> {
  if (chain.length === 0) return undefined;
  const machine = unnamedMachine();
  const others = await Promise.all(
    chain.map((path) => {
      const dialect = dialects.find((name) => path.includes(name));
      if (!dialect) throw new Error(`${path}: its name names no server`);
      return configOf({ path, text: readFileSync(path, 'utf8'), dialect });
    }),
  );
  const members = [config, ...others].map((each) => ({ config: each, model: lower(each, targets), targets, machine }));
  return new Topology(members, true);
}

/** A rule that throws fails its test. */
export function refuseFailures(failures: readonly Failure[]): void {
  for (const { rules, message, stack } of failures) {
    throw new Error(`${rules.join(', ') || 'reading'} failed: ${stack ?? message}`);
  }
}

const maxPasses = 10;

/** Applies all fixes, safe and unsafe, until nothing fixable is left; gives the last text and what is found in it. */
export async function fixAll(input: TextToLint, rules: readonly ActiveRule[]): Promise<Linted & { text: string }> {
  let { text } = input;
  let linted = await lint(input, rules);
  for (let pass = 0; pass < maxPasses; pass++) {
    const fixed = applyFixes(linted.findings).files.find(({ file }) => file.path === input.path);
    if (!fixed) break;
    text = fixed.text;
    linted = await lint({ ...input, text }, rules);
  }
  return { ...linted, text };
}

/** Freezes a tree with cycles, so that a rule that changes it throws. */
export function freezeDeep(root: object): void {
  const seen = new Set<object>();
  const stack: object[] = [root];
  for (let value = stack.pop(); value; value = stack.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    Object.freeze(value);
    for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) stack.push(inner);
  }
}
