/** `proxylint diff OLD NEW` and `proxylint diff --git REV [paths...]`. */
import { existsSync } from 'node:fs';
import { compareConfigs } from '../../diff/compare.ts';
import { formatDiffAsGithub } from '../../formatters/diff/github.ts';
import { formatDiffAsJson } from '../../formatters/diff/json.ts';
import { formatDiffAsMarkdown } from '../../formatters/diff/markdown.ts';
import { formatDiff } from '../../formatters/diff/pretty.ts';
import { statementsIn, type ComparedPair } from '../../formatters/diff/sentences.ts';
import { useColor } from '../color.ts';
import { pairsOf } from '../linked/diff-pairs.ts';
import { findConfigsIn, sideOf, type Found } from '../linked/diff-sides.ts';
import { severities, type DiffCommandOptions } from '../options.ts';
import { deliver } from '../output.ts';
import { prefixInRepository } from '../git/repository.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

/** The exit status: 0; 1 from the severity of `--fail-on` on; 2 if a config could not be read. Throws {@link UsageError}. */
export async function diffCommand(paths: readonly string[], options: DiffCommandOptions): Promise<number> {
  const { pairs, failures, named } =
    options.git === undefined ? await twoPaths(paths, options) : await sinceRevision(options.git, paths, options);
  if (pairs.length === 0 && failures === 0) throw new UsageError('no nginx, httpd or sslh config found');
  deliver(named(await format(pairs, options)), options.outputFile);
  if (failures > 0) return 2;
  const fails = options.failOn === 'never' ? [] : severities.slice(0, severities.indexOf(options.failOn) + 1);
  return statementsIn(pairs).some(({ severity }) => fails.includes(severity)) ? 1 : 0;
}

interface Compared {
  readonly pairs: readonly ComparedPair[];
  readonly failures: number;
  /** The text with the names that the user knows. */
  readonly named: (text: string) => string;
}

async function twoPaths(paths: readonly string[], options: DiffCommandOptions): Promise<Compared> {
  const [old, now, ...others] = paths;
  if (old === undefined || now === undefined || others.length > 0)
    throw new UsageError('diff compares two: name the old file or directory and the new one, or --git REVISION');
  const [before, after] = [await findConfigsIn(old, options), await findConfigsIn(now, options)];
  const pairs = await compareAll(before.found, after.found);
  return { pairs, failures: before.failures + after.failures, named: (text) => text };
}

async function sinceRevision(
  revision: string,
  paths: readonly string[],
  options: DiffCommandOptions,
): Promise<Compared> {
  const { checkOut } = await import('../git/revision-tree.ts');
  const tree = checkOut(revision);
  try {
    const inTree = {
      ...options,
      includeRoot: [tree.folder],
      ...(options.root !== undefined && { root: tree.place(options.root) }),
    };
    const pairs: ComparedPair[] = [];
    let failures = 0;
    for (const path of paths.length > 0 ? paths : ['.']) {
      const old = tree.place(path);
      const wasThere = tree.holds(old);
      const before = wasThere ? await findConfigsIn(old, inTree) : none;
      const after =
        wasThere && !existsSync(path) ? none : await findConfigsIn(path, { ...options, isTracked: tree.isTracked });
      failures += before.failures + after.failures;
      pairs.push(...(await compareAll(before.found, after.found)));
    }
    return { pairs, failures, named: tree.named };
  } finally {
    tree.remove();
  }
}

/** Of what is not there. */
const none = { found: [], failures: 0 };

async function compareAll(old: readonly Found[], now: readonly Found[]): Promise<readonly ComparedPair[]> {
  const compared: ComparedPair[] = [];
  for (const [was, is] of pairsOf(old, now)) {
    // A signal is heard between two.
    await new Promise((resolve) => setImmediate(resolve));
    const [before, after] = [await sideOf(was, (was ?? is)!), await sideOf(is, (is ?? was)!)];
    if (before && after)
      compared.push({ path: (is ?? was)!.config.file.source.path, comparison: compareConfigs(before, after) });
  }
  return compared;
}

async function format(pairs: readonly ComparedPair[], options: DiffCommandOptions): Promise<string> {
  switch (options.format) {
    case 'pretty':
      return formatDiff(pairs, useColor(options));
    case 'json':
      return formatDiffAsJson(pairs, version);
    case 'markdown':
      return formatDiffAsMarkdown(pairs);
    case 'github':
      return formatDiffAsGithub(pairs, prefixInRepository());
  }
}
