/** The directives of one revision, from the command tables of its modules. */
import { contextNames } from '../../src/servers/nginx/facts/decode.ts';
import type { DuplicateRule, NginxContext, ValueType } from '../../src/servers/nginx/facts/types.ts';
import { duplicatesBySetter } from './annotations.ts';
import type { Arguments } from './encode.ts';
import type { Command, SetterCode, SourceFacts } from './parse-source.ts';

export interface SourceDirective {
  readonly name: string;
  readonly module: string;
  /** `NGX_HTTP_MODULE` and so on. */
  readonly type: string;
  readonly contexts: readonly NginxContext[];
  readonly arguments: Arguments;
  readonly value: ValueType;
  readonly variables: boolean;
  /** Undefined: it cannot be told from the setter's code. */
  readonly duplicate: DuplicateRule | undefined;
}

type Revision = ReadonlyMap<string, SourceFacts>;

/** @param revision facts by path; @returns by `module/name` */
export function definitionsOf(revision: Revision): Map<string, SourceDirective> {
  const shared = {
    values: new Map([...revision.values()].flatMap(({ values }) => [...values])),
    bounds: new Map([...revision.values()].flatMap(({ bounds }) => [...bounds])),
    setters: new Map([...revision.values()].toReversed().flatMap(({ setters }) => [...setters])),
  };
  const found = new Map<string, SourceDirective>();
  for (const path of [...revision.keys()].sort()) {
    const file = revision.get(path)!;
    const scope = {
      values: (name: string) => file.values.get(name) ?? shared.values.get(name),
      bounds: (name: string) => file.bounds.get(name) ?? shared.bounds.get(name),
      setter: (name: string) => file.setters.get(name) ?? shared.setters.get(name),
    };
    for (const { name: module, commands, type } of file.modules) {
      for (const command of file.commands.get(commands) ?? []) {
        const key = `${module}/${command.name}`;
        const directive = directiveOf(command, module, type, scope);
        const other = found.get(key);
        found.set(key, other ? { ...other, contexts: joined(other.contexts, directive.contexts) } : directive);
      }
    }
  }
  return found;
}

interface Scope {
  readonly values: (name: string) => readonly string[] | undefined;
  readonly bounds: (name: string) => readonly [number, number] | undefined;
  readonly setter: (name: string) => SetterCode | undefined;
}

function directiveOf(command: Command, module: string, type: string, scope: Scope): SourceDirective {
  const { name, flags, setter, post } = command;
  const args = argumentsOf(flags);
  const slot = slots[setter];
  const code = scope.setter(setter);
  return {
    name,
    module,
    type,
    contexts: contextsOf(flags, type),
    arguments: args,
    value: valueOf(
      slot?.[0] ?? (code?.slot === 'ngx_conf_set_flag_slot' ? 'flag' : 'any'),
      scope.values(post),
      scope.bounds(post),
    ),
    variables: slot?.[2] ?? ((code?.compilesVariables ?? false) || (code?.slot ? slots[code.slot]![2] : false)),
    duplicate: slot?.[1] ?? duplicateRule(setter, code),
  };
}

const contextFlags: Readonly<Record<string, Readonly<Record<string, NginxContext>>>> = {
  NGX_CORE_MODULE: { NGX_MAIN_CONF: 'main' },
  NGX_EVENT_MODULE: { NGX_EVENT_CONF: 'events' },
  NGX_HTTP_MODULE: {
    NGX_HTTP_MAIN_CONF: 'http',
    NGX_HTTP_SRV_CONF: 'server',
    NGX_HTTP_LOC_CONF: 'location',
    NGX_HTTP_UPS_CONF: 'upstream',
    NGX_HTTP_SIF_CONF: 'if-in-server',
    NGX_HTTP_LIF_CONF: 'if-in-location',
    NGX_HTTP_LMT_CONF: 'limit_except',
  },
  NGX_MAIL_MODULE: { NGX_MAIL_MAIN_CONF: 'mail', NGX_MAIL_SRV_CONF: 'mail-server' },
  NGX_STREAM_MODULE: {
    NGX_STREAM_MAIN_CONF: 'stream',
    NGX_STREAM_SRV_CONF: 'stream-server',
    NGX_STREAM_UPS_CONF: 'stream-upstream',
  },
};

function contextsOf(flags: readonly string[], type: string): readonly NginxContext[] {
  if (flags.includes('NGX_ANY_CONF')) return contextNames;
  const known = contextFlags[type] ?? {};
  const found = new Set(flags.flatMap((flag) => known[flag] ?? []));
  return contextNames.filter((name) => found.has(name));
}

function joined(a: readonly NginxContext[], b: readonly NginxContext[]): readonly NginxContext[] {
  return contextNames.filter((name) => a.includes(name) || b.includes(name));
}

const openCounts: Readonly<Record<string, number>> = {
  NGX_CONF_ANY: 0,
  NGX_CONF_1MORE: 1,
  NGX_CONF_2MORE: 2,
};

function argumentsOf(flags: readonly string[]): Arguments {
  const block = flags.includes('NGX_CONF_BLOCK');
  const open = flags.find((flag) => flag in openCounts);
  if (open) return { min: openCounts[open]!, counts: null, block };
  const counts = new Set<number>();
  for (const flag of flags) {
    if (flag === 'NGX_CONF_NOARGS') counts.add(0);
    else if (flag === 'NGX_CONF_FLAG') counts.add(1);
    else for (const digit of /^NGX_CONF_TAKE(\d+)$/.exec(flag)?.[1] ?? '') counts.add(Number(digit));
  }
  const sorted = [...counts].sort();
  return { min: sorted[0] ?? 0, counts: sorted, block };
}

/** What the setters that many modules share read, what they say to a second value, and whether they take variables. */
const slots: Readonly<
  Record<string, readonly [kind: ValueType['kind'], duplicate: DuplicateRule, variables: boolean]>
> = {
  ngx_conf_set_flag_slot: ['flag', 'error', false],
  ngx_conf_set_str_slot: ['string', 'error', false],
  ngx_conf_set_str_array_slot: ['string', 'repeatable', false],
  ngx_conf_set_keyval_slot: ['keyval', 'repeatable', false],
  ngx_conf_set_num_slot: ['number', 'error', false],
  ngx_conf_set_size_slot: ['size', 'error', false],
  ngx_conf_set_off_slot: ['offset', 'error', false],
  ngx_conf_set_msec_slot: ['milliseconds', 'error', false],
  ngx_conf_set_sec_slot: ['seconds', 'error', false],
  ngx_conf_set_bufs_slot: ['buffers', 'error', false],
  ngx_conf_set_enum_slot: ['enum', 'error', false],
  // A value that is repeated only warns.
  ngx_conf_set_bitmask_slot: ['bitmask', 'repeatable', false],
  ngx_conf_set_path_slot: ['path', 'error', false],
  ngx_conf_set_access_slot: ['access', 'error', false],
  ngx_http_set_complex_value_slot: ['string', 'error', true],
  ngx_http_set_complex_value_zero_slot: ['string', 'error', true],
  ngx_http_set_complex_value_size_slot: ['size', 'error', true],
  ngx_stream_set_complex_value_slot: ['string', 'error', true],
  ngx_stream_set_complex_value_zero_slot: ['string', 'error', true],
  ngx_stream_set_complex_value_size_slot: ['size', 'error', true],
  ngx_http_set_predicate_slot: ['any', 'repeatable', true],
  ngx_http_types_slot: ['mime-types', 'repeatable', false],
  ngx_http_upstream_param_set_slot: ['any', 'repeatable', true],
};

function valueOf(
  kind: ValueType['kind'],
  values: readonly string[] | undefined,
  bounds: readonly [number, number] | undefined,
): ValueType {
  if (kind === 'enum' || kind === 'bitmask') return values?.length ? { kind, values } : { kind: 'any' };
  return kind === 'number' && bounds ? { kind, bounds } : ({ kind } as ValueType);
}

/** Read from the annotations first: what a setter does with a second value is seldom in one line of its code. */
function duplicateRule(setter: string, code: SetterCode | undefined): DuplicateRule | undefined {
  const known = duplicatesBySetter.get(setter);
  if (known) return known;
  if (code?.refusesSecond) return 'error';
  return code?.slot ? slots[code.slot]?.[1] : undefined;
}
