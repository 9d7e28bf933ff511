/** Turns what a plugin exports into rules. */
import { dialectWithoutAdvice } from '../rules/advice.ts';
import { disagreement, type AnyChecks } from '../rules/checks.ts';
import type { OptionSchemas, Rule, RuleContext, RuleDefinition, Visitor } from '../rules/define-rule.ts';
import type { Dialect } from '../syntax/tree.ts';
import { checkShape } from './check-shape.ts';
import { ConfigError } from './types.ts';

/** A rule of a plugin, whatever its messages and options are. */
export type PluginRule = Pick<RuleDefinition<Rule['messages'], OptionSchemas>, 'meta' | 'messages'> & {
  readonly check: AnyChecks<PluginCheck>;
};

type PluginCheck = (context: never) => Visitor;

/** The default export of a plugin. The ids of its rules are `<name>/<key in rules>`. */
export interface Plugin {
  readonly name: string;
  readonly rules: Readonly<Record<string, PluginRule>>;
}

const text = { type: 'string', minLength: 1 };
const dialects = { type: 'array', items: { enum: ['nginx', 'apache', 'sslh'] }, minItems: 1 };
const schema = {
  type: 'object',
  required: ['name', 'rules'],
  properties: {
    name: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
    rules: {
      type: 'object',
      propertyNames: { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
      additionalProperties: {
        type: 'object',
        required: ['meta', 'messages', 'check'],
        properties: {
          meta: {
            type: 'object',
            required: ['summary', 'why', 'how', 'severity', 'confidence', 'dialects', 'since', 'set', 'references'],
            properties: {
              summary: text,
              why: text,
              severity: { enum: ['error', 'warning', 'info'] },
              confidence: { enum: ['high', 'medium', 'low'] },
              dialects,
              since: text,
              set: { enum: ['recommended', 'pedantic', 'optional'] },
              references: { type: 'array', items: text, minItems: 1 },
              fixable: { enum: ['safe', 'unsafe'] },
              pedanticOptions: { type: 'object' },
              options: {
                type: 'object',
                additionalProperties: { type: 'object', required: ['default', 'description'] },
              },
            },
          },
          messages: { type: 'object', additionalProperties: text },
        },
      },
    },
  },
};

/** The rules of a plugin. `where` is what errors begin with. Throws {@link ConfigError}. */
export function rulesOfPlugin(where: string, module: unknown): Rule[] {
  const exported = exportOf(module);
  const plugin = checkShape<Plugin>(where, schema, exported);
  return Object.entries(plugin.rules).map(([key, definition]) => ruleOfPlugin(where, plugin.name, key, definition));
}

/** A CommonJS module exports the plugin itself, an ES module as its default. */
function exportOf(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : module;
}

export function ruleOfPlugin(where: string, name: string, key: string, { meta, messages, check }: PluginRule): Rule {
  refuseChecks(`${where}: rules.${key}.check`, check, meta.dialects);
  refuseAdvice(`${where}: rules.${key}.meta.how`, meta);
  const guarded =
    (each: PluginCheck) =>
    (context: Context): Visitor =>
      visitorOf(each(checked(messages, context) as never));
  const id = `${name}/${key}`;
  return {
    id,
    category: 'plugin',
    meta,
    messages,
    url: meta.references[0]!,
    check:
      typeof check === 'function'
        ? guarded(check)
        : Object.fromEntries(Object.entries(check).map(([dialect, each]) => [dialect, guarded(each)])),
  };
}

/** Throws a {@link ConfigError} for what cannot be called, and where checks and dialects disagree. */
function refuseChecks(at: string, check: unknown, dialects: readonly Dialect[]): void {
  const isObject = typeof check === 'object' && check !== null;
  if (!isObject && typeof check !== 'function')
    throw new ConfigError(`${at}: not a function, nor an object with one for each dialect`);
  const wrong = isObject && Object.entries(check).find(([, each]) => typeof each !== 'function');
  if (wrong) throw new ConfigError(`${at}.${wrong[0]}: not a function`);
  const reason = disagreement(check, dialects);
  if (reason !== undefined) throw new ConfigError(`${at}: ${reason}`);
}

/** Throws a {@link ConfigError} for a dialect that gets none. */
function refuseAdvice(at: string, meta: PluginRule['meta']): void {
  const { how } = meta as { how: unknown };
  const texts = typeof how === 'object' && how !== null ? Object.values(how) : [how];
  if (texts.some((text) => typeof text !== 'string' || text === ''))
    throw new ConfigError(`${at}: not a text, nor one for each dialect`);
  const dialect = dialectWithoutAdvice(meta);
  if (dialect !== undefined) throw new ConfigError(`${at}: there is none for "${dialect}"`);
}

type Context = RuleContext<Rule['messages']>;

const severities: ReadonlySet<unknown> = new Set(['error', 'warning', 'info', undefined]);
const confidences: ReadonlySet<unknown> = new Set(['high', 'medium', 'low', undefined]);

/** The context, with a clear error for a report that no formatter could show. */
function checked(messages: Rule['messages'], context: Context): Context {
  const report: Context['report'] = (what) => {
    if (!Object.hasOwn(messages, what.message)) throw new Error(`it has no message "${what.message}"`);
    if (!severities.has(what.severity)) throw new Error(`"${String(what.severity)}" is no severity`);
    if (!confidences.has(what.confidence)) throw new Error(`"${String(what.confidence)}" is no confidence`);
    context.report(what);
  };
  // Not a copy: the model is lowered when it is first asked for.
  return Object.create(context, { report: { value: report } }) as Context;
}

function visitorOf(returned: unknown): Visitor {
  if (typeof returned !== 'object' || returned === null) throw new Error('"check" returns no hooks');
  if ('then' in returned) throw new Error('"check" returns a promise; only hooks may');
  return returned;
}
