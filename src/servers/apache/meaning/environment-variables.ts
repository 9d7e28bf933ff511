/** Where the environment variables of a request get their values: SetEnv, SetEnvIf and its kin, the E flag of rewrite rules. */
import type { Config } from '../../../syntax/config.ts';
import { enclosing, type Directive } from '../../../syntax/tree.ts';
import { directivesByKey } from '../../../syntax/walk.ts';
import { flagList } from './rewrite.ts';
import { wordTable } from '../../../text/word-table.ts';

export interface EnvironmentDefinition {
  readonly directive: Directive;
  /** With `$1`, and after an E flag with `%1` and `%{NAME}` too. */
  readonly value: string;
  /** The pattern whose groups `$1` stands for; undefined: it has none. */
  readonly pattern: string | undefined;
  /** What the pattern is matched against, as mod_rewrite names it (`HTTP:X-Name`, `REQUEST_URI`). */
  readonly subject: string;
}

export interface EnvironmentVariables {
  /** What may give the variable its value in the virtual host of `at`, in the order of the config; empty: nothing that is seen. */
  of(name: string, at: Directive): readonly EnvironmentDefinition[];
}

const read = new WeakMap<Config, EnvironmentVariables>();

/** Read once a config. */
export function environmentVariablesOf(config: Config): EnvironmentVariables {
  let variables = read.get(config);
  if (!variables) read.set(config, (variables = readVariables(config)));
  return variables;
}

type ByHost = Map<Directive | undefined, EnvironmentDefinition[]>;

function readVariables(config: Config): EnvironmentVariables {
  const byName = new Map<string, ByHost>();
  const byKey = directivesByKey(config.file.root);
  for (const [key, definitionsOf] of Object.entries(readers)) {
    for (const directive of byKey.get(key) ?? []) {
      const host = hostAround(directive);
      for (const [name, definition] of definitionsOf(directive)) {
        const bare = name.toLowerCase();
        let byHost = byName.get(bare);
        if (!byHost) byName.set(bare, (byHost = new Map<Directive | undefined, EnvironmentDefinition[]>()));
        const same = byHost.get(host);
        if (same) same.push(definition);
        else byHost.set(host, [definition]);
      }
    }
  }
  return {
    of(name, at) {
      const byHost = byName.get(name.toLowerCase());
      if (!byHost) return [];
      const host = hostAround(at);
      // Rewrite rules of the main server do not run for a virtual host.
      const main = (byHost.get(undefined) ?? []).filter(({ directive }) => !host || directive.key !== 'rewriterule');
      return host ? [...main, ...(byHost.get(host) ?? [])] : main;
    },
  };
}

function hostAround(directive: Directive): Directive | undefined {
  for (let around: Directive | undefined = directive; around; around = enclosing(around))
    if (around.key === 'virtualhost') return around;
  return undefined;
}

type Named = readonly [name: string, definition: EnvironmentDefinition];

const readers: Readonly<Record<string, (directive: Directive) => readonly Named[]>> = wordTable({
  setenv: constant,
  setenvif: conditional,
  setenvifnocase: conditional,
  browsermatch: (directive) => conditional(directive, 'User-Agent'),
  browsermatchnocase: (directive) => conditional(directive, 'User-Agent'),
  rewriterule: byFlag,
});

function constant(directive: Directive): readonly Named[] {
  const [name, value] = directive.args;
  return name ? [[name.value, { directive, value: value?.value ?? '', pattern: undefined, subject: '' }]] : [];
}

function conditional(directive: Directive, header?: string): readonly Named[] {
  const words = directive.args.map(({ value }) => value);
  const [attribute = '', pattern = '', ...names] = typeof header === 'string' ? [header, ...words] : words;
  const subject = subjects[attribute.toLowerCase()] ?? `HTTP:${attribute}`;
  return names
    .filter((name) => !name.startsWith('!'))
    .map((name) => {
      const [, bare = '', value = '1'] = /^([^=]*)(?:=([^]*))?$/.exec(name) ?? [];
      return [bare, { directive, value, pattern, subject }];
    });
}

/** Attributes that are no headers. */
const subjects: Readonly<Record<string, string>> = wordTable({
  request_uri: 'REQUEST_URI',
  request_method: 'REQUEST_METHOD',
  request_protocol: 'SERVER_PROTOCOL',
  remote_addr: 'REMOTE_ADDR',
  remote_host: 'REMOTE_HOST',
  server_addr: 'SERVER_ADDR',
});

function byFlag(directive: Directive): readonly Named[] {
  const [pattern, , flags] = directive.args;
  if (!pattern || !flags) return [];
  return flagList(flags.value)
    .filter(([flag, text]) => flag === 'e' && !text.startsWith('!'))
    .map(([, text]) => {
      const colon = text.indexOf(':');
      const [name, value] = colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
      return [name, { directive, value, pattern: pattern.value, subject: 'REQUEST_URI' }];
    });
}
