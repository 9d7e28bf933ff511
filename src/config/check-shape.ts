/** Checks values against JSON schemas, with errors for people. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { suggest } from '../text/suggest.ts';
import { ConfigError } from './types.ts';

const compiled = new WeakMap<object, ValidateFunction>();

/** Names the place of a mistake by the keys that lead to it. */
export type WhereOf = (keys: readonly string[]) => string;

/** The value, if it has the shape. Throws {@link ConfigError} with each mistake on a line that begins with `where`. */
export function checkShape<T>(where: string | WhereOf, schema: object, value: unknown): T {
  let validate = compiled.get(schema);
  if (!validate) {
    // Rules may use any keyword of JSON schema in their options; `default` and `description` are annotations.
    validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, strictTypes: false }).compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(value)) return value as T;
  const mistakes = (validate.errors ?? [])
    // The error of the branch that was taken says it all.
    .filter((error) => error.keyword !== 'if' && error.keyword !== 'propertyNames')
    .map((error) => {
      const keys = keysOf(error);
      const at = typeof where === 'string' ? where : where([...keys, ...strayKeyOf(error)]);
      return `${at}: ${pathText(keys)}${describe(error)}`;
    });
  throw new ConfigError([...new Set(mistakes)]);
}

function keysOf({ instancePath }: ErrorObject): string[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function strayKeyOf({ params }: ErrorObject): string[] {
  const key: unknown = params['additionalProperty'];
  return typeof key === 'string' ? [key] : [];
}

/** `rules.weak-tls-protocol.severity: `; nothing for the whole document. */
function pathText(keys: readonly string[]): string {
  const path = keys
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
      return `${JSON.stringify(error.data)} is not ${String(error.params['pattern']).includes('a-z0-9]+(-') ? 'a name in kebab-case' : 'a version such as "1.22.1"'}`;
    default:
      return error.message ?? 'not valid';
  }
}

function oneOf(names: readonly string[]): string {
  return names.length === 0 ? 'none here' : `one of ${names.join(', ')}`;
}
