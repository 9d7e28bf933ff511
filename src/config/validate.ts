import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Rule } from '../rules/define-rule.ts';
import { suggest } from '../suggest.ts';
import { configSchema } from './schema.ts';
import { ConfigError, type ConfigDocument } from './types.ts';

let compiled: { readonly rules: readonly Rule[]; readonly validate: ValidateFunction } | undefined;

/** Checks a parsed config. `name` is what errors call the file. Throws {@link ConfigError} with each mistake on a line. */
export function validateConfig(name: string, value: unknown, rules: readonly Rule[]): ConfigDocument {
  const validate = validator(rules);
  if (validate(value)) return value as ConfigDocument;
  const mistakes = (validate.errors ?? [])
    // The error of the branch that was taken says it all.
    .filter((error) => error.keyword !== 'if')
    .map((error) => `${pathOf(error)}${describe(error)}`);
  throw new ConfigError(mistakes.map((mistake) => `${name}: ${mistake}`).join('\n'));
}

function validator(rules: readonly Rule[]): ValidateFunction {
  if (compiled?.rules !== rules) {
    // Rules may use any keyword of JSON schema in their options; `default` and `description` are annotations.
    compiled = {
      rules,
      validate: new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: false }).compile(
        configSchema(rules),
      ),
    };
  }
  return compiled.validate;
}

/** `rules.weak-tls-protocol.severity: ` from the JSON pointer; nothing for the whole document. */
function pathOf(error: ErrorObject): string {
  const names = error.instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = names
    .map((name) => (/^\d+$/.test(name) ? `[${name}]` : `.${name}`))
    .join('')
    .replace(/^\./, '');
  return path === '' ? '' : `${path}: `;
}

function describe(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(error.params['additionalProperty']);
      const known = Object.keys((error.parentSchema as { properties: object }).properties);
      const near = suggest(name, known);
      const kind = error.instancePath.endsWith('/rules') ? 'rule' : 'key';
      if (near !== undefined) return `unknown ${kind} "${name}"; did you mean "${near}"?`;
      return kind === 'rule'
        ? `unknown rule "${name}"; "proxylint rules" lists them`
        : `unknown key "${name}"; expected ${oneOf(known)}`;
    }
    case 'enum': {
      const allowed = (error.params['allowedValues'] as unknown[]).map(String);
      const near = typeof error.data === 'string' ? suggest(error.data, allowed) : undefined;
      return `${JSON.stringify(error.data)} is not ${oneOf(allowed)}${near === undefined ? '' : `; did you mean "${near}"?`}`;
    }
    case 'type':
      return `${JSON.stringify(error.data)?.slice(0, 60)} is not of type ${[error.params['type']].flat().join(' or ')}`;
    case 'required':
      return `"${String(error.params['missingProperty'])}" is missing`;
    case 'pattern':
      return `${JSON.stringify(error.data)} is not a version such as "1.22.1"`;
    default:
      return error.message ?? 'not valid';
  }
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? 'none here' : `one of ${names.join(', ')}`;
}
