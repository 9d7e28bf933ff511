/** `proxylint merge RESULTS...`: joins what the shards of a run found. */
import { checkShape } from '../../config/check-shape.ts';
import { ConfigError } from '../../config/types.ts';
import { jsonSchema, mergeJson, type JsonResult } from '../../formatters/merge/json.ts';
import { MergeError, type Merged, type Named } from '../../formatters/merge/parts.ts';
import { mergeSarif, type SarifResult } from '../../formatters/merge/sarif.ts';
import { sarifSchema } from '../../formatters/merge/sarif-schema.ts';
import { severities, type MergeCommandOptions } from '../options.ts';
import { deliver } from '../output.ts';
import { readJson } from '../files/read-json.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

/** The exit status, as that of one run would be. Throws {@link UsageError}, and {@link ConfigError} for what is no result. */
export async function mergeCommand(paths: readonly string[], options: MergeCommandOptions): Promise<number> {
  const { text, severities: found, isIncomplete } = merge(paths);
  deliver(text, options.outputFile);
  if (isIncomplete) return 2;
  const { failOn } = options;
  const fails = failOn === 'never' ? [] : severities.slice(0, severities.indexOf(failOn) + 1);
  return fails.some((severity) => found.has(severity)) ? 1 : 0;
}

function merge(paths: readonly string[]): Merged {
  const results = paths.map((name) => ({
    name,
    value: readJson(name, 'expected what --format json or --format sarif printed'),
  }));
  const other = results.find(({ value }) => isSarif(value) !== isSarif(results[0]!.value));
  if (other) {
    const [is, are] = isSarif(other.value) ? ['SARIF', 'JSON'] : ['JSON', 'SARIF'];
    throw new UsageError(
      `${other.name}: ${is}, but ${results[0]!.name} is ${are}; results of one format can be joined`,
    );
  }
  try {
    if (isSarif(results[0]!.value)) {
      const logs = results.map(({ name, value }) => checked<SarifResult>(name, sarifSchema, value));
      for (const { name, value } of logs) checkVersion(name, value.runs[0].tool.driver.semanticVersion);
      return mergeSarif(logs);
    }
    const jsons = results.map(({ name, value }) => checked<JsonResult>(name, jsonSchema, value));
    for (const { name, value } of jsons) checkVersion(name, value.tool.version);
    return mergeJson(jsons);
  } catch (error) {
    if (error instanceof MergeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function isSarif(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'runs' in value;
}

/** Its first mistake alone is told: the file is not written by hand. */
function checked<Value>(name: string, schema: object, value: unknown): Named<Value> {
  try {
    return { name, value: checkShape<Value>(name, schema, value) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [mistake = ''] = error.lines;
    throw new UsageError(`${mistake}; expected a result of proxylint in JSON or SARIF`, { cause: error });
  }
}

function checkVersion(name: string, made: string): void {
  if (made !== version) throw new UsageError(`${name}: made by proxylint ${made}, and this is ${version}`);
}
