/** Values of variables that a config defines by `map` and `geo`, of http and of stream. */
import { giveUp } from '../../../model/unknown.ts';
import { compilePcre } from '../../../regex/pcre.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { toBytes } from '../../../text/bytes.ts';
import { matchWildcard } from '../meaning/wildcard.ts';
import type { UserVariable } from './definitions.ts';
import { geoValue } from './geo.ts';
import { runRegex } from './match.ts';
import { splitValue } from './split-clients.ts';
import { evaluate, type Evaluated } from './values.ts';

/** nginx stops there too (`ngx_http_variable_depth`). */
const maxDepth = 100;

/** What a `geo` looks at: the address of the client, and the values of X-Forwarded-For. */
export interface GeoSources<S> {
  readonly address: (state: S) => string;
  readonly forwarded: (state: S) => readonly string[];
}

/** Throws `UnknownAnswer` where the value cannot be known. */
export function definedVariable<S extends Evaluated<S>>(
  state: S,
  name: string,
  defined: UserVariable,
  sources: GeoSources<S>,
): string {
  if (defined.kind === 'opaque') return giveUp(`"$${name}" is computed by "${defined.directive.name.value}".`);
  if (state.variableDepth >= maxDepth) giveUp(`"$${name}" is computed from more than ${maxDepth} variables in a row.`);
  const value = computed(state, defined, sources);
  const isVolatile = children(defined.directive.block!).some((entry) => entry.key === 'volatile');
  if (!isVolatile) state.variables.set(name, value);
  return value;
}

function computed<S extends Evaluated<S>>(state: S, { kind, directive }: UserVariable, sources: GeoSources<S>): string {
  state.variableDepth++;
  try {
    if (kind === 'map') return mapValue(state, directive);
    const { args } = directive;
    if (kind === 'split') return splitValue(directive, evaluate(state, args[0]?.value ?? ''));
    const address =
      args.length === 2 ? state.setting.variable(state, args[0]!.value.slice(1).toLowerCase()) : sources.address(state);
    return geoValue(directive, address, sources.forwarded(state));
  } finally {
    state.variableDepth--;
  }
}

function mapValue<S extends Evaluated<S>>(state: S, { block, args }: Directive): string {
  let key = evaluate(state, args[0]?.value ?? '');
  const entries = block ? children(block) : [];
  const hostnames = entries.some((entry) => entry.key === 'hostnames' && entry.args.length === 0);
  if (hostnames && key.endsWith('.')) key = key.slice(0, -1);
  const lower = key.toLowerCase();
  let fallback = '';
  const wildcards = new Map<string, string>();
  for (const entry of entries) {
    const value = entry.args[0]?.value ?? '';
    if (entry.key === 'include' && !entry.included)
      giveUp(`A file included by the map of "$${args[1]?.value.slice(1)}" was not read.`);
    if (entry.args.length === 0 || entry.key === 'include') continue;
    const written = toBytes(entry.name.value);
    if (written === 'default') fallback = value;
    else if (hostnames && (written.startsWith('*.') || written.startsWith('.') || written.endsWith('.*'))) {
      wildcards.set(written.toLowerCase(), value);
    } else if (!written.startsWith('~') && unescapeKey(written).toLowerCase() === lower) return evaluate(state, value);
  }
  const wild = matchWildcard(wildcards, lower);
  if (wild !== undefined) return evaluate(state, wildcards.get(wild)!);
  if (key !== '') {
    for (const entry of entries) {
      if (entry.name.value.startsWith('~') && regexKeyMatches(state, entry.name, key)) {
        return evaluate(state, entry.args[0]?.value ?? '');
      }
    }
  }
  return evaluate(state, fallback);
}

/** A backslash before a special first word makes it an ordinary key. */
function unescapeKey(key: string): string {
  return key.startsWith('\\') ? key.slice(1) : key;
}

function regexKeyMatches<S extends Evaluated<S>>(state: S, word: Word, key: string): boolean {
  const insensitive = word.value.startsWith('~*');
  const pattern = toBytes(word.value.slice(insensitive ? 2 : 1));
  const regex = compilePcre(pattern, insensitive) ?? giveUp(`The pattern "${word.value}" is beyond this tracer.`);
  return runRegex(state, regex, key);
}
