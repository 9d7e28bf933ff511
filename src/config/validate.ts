import { readSettings } from '../facts/applications/told.ts';
import type { Rule } from '../rules/define-rule.ts';
import { checkShape } from './check-shape.ts';
import { configSchema } from './schema.ts';
import { ConfigError, type ConfigDocument } from './types.ts';

const schemas = new WeakMap<readonly Rule[], object>();

/** Checks a parsed config. `name` is what errors call the file. Throws `ConfigError` with each mistake on a line. */
export function validateConfig(name: string, value: unknown, rules: readonly Rule[]): ConfigDocument {
  let schema = schemas.get(rules);
  if (!schema) schemas.set(rules, (schema = configSchema(rules)));
  const document = checkShape<ConfigDocument>(name, schema, value);
  const { mistakes } = readSettings(document.applications ?? {});
  if (mistakes.length > 0)
    throw new ConfigError(mistakes.map(({ key, text }) => `${name}: applications["${key}"]: ${text}`));
  return document;
}
