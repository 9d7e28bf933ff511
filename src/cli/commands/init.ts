/** `proxylint init`: a first config file, by what is found here. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { findConfigFile } from '../../config/find-config.ts';
import type { SetName } from '../../config/sets.ts';
import { plural } from '../../formatters/plural.ts';
import { detectDialect } from '../../servers/detection/detect.ts';
import { dialects, type Dialect } from '../../syntax/tree.ts';
import { collectInputs } from '../files/find-inputs.ts';
import { reasonOf } from '../files/read-found.ts';
import { host } from '../project/host.ts';
import { parseTargets, type InitCommandOptions } from '../options.ts';
import { print } from '../output.ts';
import { UsageError } from '../usage-error.ts';

const name = 'proxylint.json';

/** Throws {@link UsageError} where there is a config file already. */
export async function initCommand(options: InitCommandOptions): Promise<void> {
  const known = findConfigFile(process.cwd(), host);
  if (known !== undefined && dirname(known) === process.cwd())
    throw new UsageError(`${known}: there is a config file already; it is left as it is`);
  parseTargets(options.target);
  const counts = await countDialects();
  const named = new Map(options.target.map((each) => each.split('=') as [string, string]));
  const found = new Map<string, string>();
  for (const [dialect] of counts) {
    const version = named.has(dialect) ? undefined : versionOf(dialect);
    if (version !== undefined) found.set(dialect, version);
  }
  const text = `${JSON.stringify(documentOf(options.profile, new Map([...found, ...named])), null, 2)}\n`;
  try {
    writeFileSync(name, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`${name}: ${reasonOf(error)}`, { cause: error });
  }
  const files = [...counts].map(([dialect, count]) => `${plural(count, 'file')} for ${dialect}`);
  const versions = [...found].map(([dialect, version]) => `${dialect} ${version}`);
  print(
    [
      `${name} written.`,
      files.length > 0 ? `Found here: ${files.join(', ')}.` : 'No config found here yet.',
      ...(versions.length > 0
        ? [`The target is what is installed: ${versions.join(', ')}. Change it if that is not the server.`]
        : []),
      'Next: npx proxylint .',
      '',
    ].join('\n'),
  );
}

async function countDialects(): Promise<Map<Dialect, number>> {
  const { inputs } = await collectInputs(['.'], { stdinFilename: '' });
  const counts = new Map<Dialect, number>();
  for (const { path, text } of inputs) {
    const dialect = detectDialect(text, path);
    if (dialect) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  }
  return new Map(dialects.flatMap((dialect) => (counts.has(dialect) ? [[dialect, counts.get(dialect)!]] : [])));
}

/** How each server tells its version. */
const askVersion: Readonly<Record<Dialect, readonly (readonly [program: string, option: string])[]>> = {
  nginx: [['nginx', '-v']],
  apache: [
    ['apache2', '-v'],
    ['httpd', '-v'],
  ],
  sslh: [['sslh', '-V']],
};

/** Undefined where it is not installed here. */
function versionOf(dialect: Dialect): string | undefined {
  for (const [program, option] of askVersion[dialect]) {
    const { stdout, stderr } = spawnSync(program, [option], { encoding: 'utf8', timeout: 5000 });
    const version = /\b(\d+\.\d+(?:\.\d+)?)/.exec(`${stdout}\n${stderr}`)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

function documentOf(profiles: readonly SetName[], targets: ReadonlyMap<string, string>): object {
  const local = './node_modules/proxylint/schema/config.schema.json';
  const published = 'https://raw.githubusercontent.com/proxylint/proxylint/main/schema/config.schema.json';
  return {
    $schema: existsSync(local) ? local : published,
    ...(profiles.length > 0 && { extends: profiles }),
    ...(targets.size > 0 && { target: Object.fromEntries(targets) as object }),
    rules: {},
  };
}
