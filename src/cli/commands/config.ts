/** `proxylint config [path]`: what is in force for a file, and where it is written. */
import { resolve } from 'node:path';
import { escapeJson } from '../../formatters/escape.ts';
import { formatVersion } from '../../model/versions.ts';
import type { ConfigCommandOptions } from '../options.ts';
import { print } from '../output.ts';
import { Project, type InForce } from '../project/project.ts';

/** JSON on standard output. Throws {@link UsageError} and {@link ConfigError}. */
export async function configCommand(path: string | undefined, options: ConfigCommandOptions): Promise<void> {
  // What is in force beside a file that has no settings of its own.
  const inForce = await new Project(options).inForce(path ?? resolve('proxylint.json'));
  print(`${escapeJson(JSON.stringify(describe(path, inForce), null, 2))}\n`);
}

function describe(
  path: string | undefined,
  { layers, isIgnored, targets, root, includeRoots, rules }: InForce,
): object {
  const versions = Object.entries(targets).map(([server, version]) => [server, formatVersion(version)]);
  return {
    ...(path !== undefined && { file: path, ignored: isIgnored }),
    configs: layers,
    target: Object.fromEntries(versions) as object,
    ...(root !== undefined && { root }),
    includeRoots,
    rules: Object.fromEntries(
      rules.map(({ rule, active, from }) => {
        const options = { ...defaultsOf(rule.meta.options), ...active?.options };
        const severity = active ? (active.severity ?? rule.meta.severity) : 'off';
        return [rule.id, { severity, ...(Object.keys(options).length > 0 && active && { options }), from }];
      }),
    ) as object,
  };
}

function defaultsOf(schemas: Readonly<Record<string, object>> = {}): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, (schema as { default?: unknown }).default]),
  );
}
