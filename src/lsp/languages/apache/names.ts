/** The names in httpd configs: macros, `Define`, balancers, log formats, rewrite maps, providers, environment variables, TLS profiles. */
import { providerDefinitions } from '../../../servers/apache/facts/providers.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Directive, Word } from '../../../syntax/tree.ts';
import type { Cursor } from '../../cursor.ts';
import { occurrenceIn, type Occurrence } from '../../occurrence.ts';
import type { NamedPlace } from '../language.ts';
import { walkConfig } from '../walk.ts';

export function* apacheNames(config: Config): Iterable<Occurrence> {
  for (const directive of walkConfig(config)) {
    yield* namedBy(directive);
    for (const word of directive.args) yield* mentionedIn(directive, word);
  }
}

/** Directives whose first argument is a name. */
const first: ReadonlyMap<string, { readonly kind: string; readonly isDefinition: boolean; readonly anyCase?: true }> =
  new Map([
    ['macro', { kind: 'macro', isDefinition: true, anyCase: true }],
    ['use', { kind: 'macro', isDefinition: false, anyCase: true }],
    ['undefmacro', { kind: 'macro', isDefinition: false, anyCase: true }],
    ['define', { kind: 'define', isDefinition: true }],
    ['undefine', { kind: 'define', isDefinition: false }],
    ['ifdefine', { kind: 'define', isDefinition: false }],
    ['rewritemap', { kind: 'rewrite map', isDefinition: true }],
    ['sslpolicydefine', { kind: 'TLS profile', isDefinition: true, anyCase: true }],
    ['sslpolicy', { kind: 'TLS profile', isDefinition: false, anyCase: true }],
    ['sslproxypolicy', { kind: 'TLS profile', isDefinition: false, anyCase: true }],
    ['setenv', { kind: 'environment variable', isDefinition: true, anyCase: true }],
  ]);

function* namedBy(directive: Directive): Iterable<Occurrence> {
  const { key, args } = directive;
  const named = first.get(key);
  if (named && args[0]) yield part(directive, args[0], named.kind, named.isDefinition, named.anyCase);
  const provider = providerDefinitions[key];
  const alias = provider && args[provider.at];
  if (alias) yield part(directive, alias, `${provider.kind} provider`, true);
  switch (key) {
    case 'logformat':
      if (args[1]) yield part(directive, args[1], 'log format', true);
      return;
    case 'customlog':
    case 'globallog':
      if (args[1] && /^[\w.-]+$/.test(args[1].value)) yield part(directive, args[1], 'log format', false);
      return;
    case 'require': {
      const word = args[0]?.value.toLowerCase() === 'not' ? args[1] : args[0];
      if (word) yield part(directive, word, 'authorization provider', false);
      return;
    }
    case 'authbasicprovider':
    case 'authdigestprovider':
      for (const word of args) yield part(directive, word, 'authentication provider', false);
      return;
    case 'setenvif':
    case 'setenvifnocase':
    case 'browsermatch':
    case 'browsermatchnocase':
      for (const word of args.slice(key.startsWith('browser') ? 1 : 2))
        yield part(directive, word, 'environment variable', true, true);
      return;
    default:
  }
}

/** A word, or what of it is the name: without quotes, a sign in front and a value behind. */
function part(directive: Directive, word: Word, kind: string, isDefinition: boolean, anyCase = false): Occurrence {
  const [, before, name] = /^(["']?!?)([^"'=]*)/.exec(word.raw) as unknown as [string, string, string];
  const key = anyCase ? name.toLowerCase() : name;
  return occurrenceIn(directive, word, { name, from: before.length, kind, key }, isDefinition);
}

const mentions: readonly { readonly pattern: RegExp; readonly kind: string; readonly anyCase?: true }[] = [
  { pattern: /(\$\{)([^{}:]+)\}/g, kind: 'define' },
  { pattern: /(\$\{)([^{}:]+):/g, kind: 'rewrite map' },
  { pattern: /(balancer:\/\/)([^/\s"'?#$%{]+)/gi, kind: 'balancer', anyCase: true },
  { pattern: /(%\{ENV:|\benv=!?|reqenv\(['"]?)(\w[\w.-]*)/gi, kind: 'environment variable', anyCase: true },
  { pattern: /(%\{)([\w.-]+)\}e/g, kind: 'environment variable', anyCase: true },
];

function* mentionedIn(directive: Directive, word: Word): Iterable<Occurrence> {
  const { raw } = word;
  // Most words hold no sign of any.
  if (!/[${:=(]/.test(raw)) return;
  for (const { pattern, kind, anyCase } of mentions) {
    for (const match of raw.matchAll(pattern)) {
      const [, before, name] = match as unknown as [string, string, string];
      const isDefinition = kind === 'balancer' && directive.key === 'proxy';
      const key = anyCase ? name.toLowerCase() : name;
      yield occurrenceIn(directive, word, { name, from: match.index + before.length, kind, key }, isDefinition);
    }
  }
}

const placed: ReadonlyMap<string, NamedPlace> = new Map([
  ['use 1', { kind: 'macro', before: '' }],
  ['ifdefine 1', { kind: 'define', before: '' }],
  ['undefine 1', { kind: 'define', before: '' }],
  ['customlog 2', { kind: 'log format', before: '' }],
  ['globallog 2', { kind: 'log format', before: '' }],
  ['require 1', { kind: 'authorization provider', before: '' }],
  ['authbasicprovider 1', { kind: 'authentication provider', before: '' }],
  ['sslpolicy 1', { kind: 'TLS profile', before: '' }],
  ['proxypass 2', { kind: 'balancer', before: 'balancer://' }],
  ['proxypassreverse 2', { kind: 'balancer', before: 'balancer://' }],
  ['balancermember 1', { kind: 'balancer', before: 'balancer://' }],
]);

export function namesAt({ directive, index }: Cursor): readonly NamedPlace[] {
  const place = directive && placed.get(`${directive.key} ${index}`);
  return place ? [place] : [];
}
