/** What an nginx config lets depend on a request: its conditions, maps, limits, lists of addresses and rewriting rules. */
import type { Route, VirtualHost } from '../../model/model.ts';
import {
  bodyTraits,
  clientTraits,
  comparedMethodTraits,
  headerTraits,
  methodTraits,
  namedHeaderTraits,
  nameTraits,
  pathTraits,
  queryTraits,
  variationsOf,
  type Trait,
  type Variation,
  type Variations,
} from '../../model/variation.ts';
import { sampleTexts } from '../../regex/sample.ts';
import type { Config } from '../../syntax/config.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { definedBy } from './meaning/definers.ts';
import { conditionWords } from './meaning/match.ts';
import { parseSize } from './meaning/values.ts';
import { variablesOf } from './meaning/variables.ts';

/** Of a level, and of the entries of a map. */
const most = 48;
const samplesOfPattern = 4;
/** A variable that is made of others. */
const maxDepth = 4;

export function nginxVariations(config: Config): Variations {
  return new Reader(config);
}

class Reader implements Variations {
  readonly #config: Config;
  readonly #levels = new Map<Block, readonly Variation[]>();
  readonly #definitions = new Map<Directive, readonly Variation[]>();

  constructor(config: Config) {
    this.#config = config;
  }

  ofHost({ directive, scope }: VirtualHost): readonly Variation[] {
    const found: Variation[] = [];
    for (let block = directive?.block; block; block = block.owner?.parent) found.push(...this.#level(block));
    return found.length > 0 || scope.outer ? found : this.#level(this.#config.file.root);
  }

  ofRoute({ directive }: Route): readonly Variation[] {
    return directive.block && directive.key === 'location' ? this.#level(directive.block) : [];
  }

  #level(block: Block): readonly Variation[] {
    let found = this.#levels.get(block);
    if (!found) this.#levels.set(block, (found = this.#read(block).slice(0, most)));
    return found;
  }

  #read(block: Block): Variation[] {
    const found: Variation[] = [];
    for (const directive of children(block)) {
      found.push(...this.#ofDirective(directive));
      if (found.length >= most) break;
      if (directive.block && (directive.key === 'if' || directive.key === 'limit_except'))
        found.push(...this.#read(directive.block));
    }
    return [...found, ...together(found)];
  }

  #ofDirective(directive: Directive): readonly Variation[] {
    const words = directive.args.map(({ value }) => value);
    const [first = ''] = words;
    switch (directive.key) {
      case 'dav_methods':
        return variationsOf(methodTraits(words), directive);
      case 'limit_except':
        return variationsOf(methodTraits([...words, 'DELETE', 'OPTIONS']), directive);
      case 'allow':
      case 'deny':
        return variationsOf(clientTraits(first), directive);
      case 'set_real_ip_from':
        return variationsOf([...clientTraits(first), ...namedHeaderTraits('told-client', 'X-Real-IP')], directive);
      case 'real_ip_header':
        return variationsOf(namedHeaderTraits('told-client', first), directive);
      case 'proxy_set_header':
      case 'grpc_set_header':
      case 'fastcgi_param':
      case 'uwsgi_param':
      case 'scgi_param':
        return [
          ...variationsOf(namedHeaderTraits('own-header', sentName(directive.key, first)), directive),
          ...this.#mentioned(words[1] ?? '', directive, 0),
        ];
      case 'client_max_body_size':
        return variationsOf(bodyTraits(parseSize(first, true)), directive);
      case 'valid_referers':
        return variationsOf(headerTraits('Referer', refererSamples(words)), directive);
      case 'rewrite':
        return variationsOf(pathTraits(sampleTexts(first, samplesOfPattern).map(rooted)), directive);
      case 'if':
        return this.#condition(directive);
      case 'map':
      case 'geo':
      case 'log_format':
      case 'access_log':
        return [];
      default:
        return words.flatMap((word) => this.#mentioned(word, directive, 0));
    }
  }

  #condition(directive: Directive): readonly Variation[] {
    const [left = '', operator = '', right = ''] = conditionWords(directive).map(({ value }) => value);
    const name = /^\$\{?(\w+)\}?$/.exec(left)?.[1];
    if (name === undefined) return this.#mentioned(left, directive, 0);
    const named = operator.includes('~') ? sampleTexts(right, samplesOfPattern) : [operator === '' ? '1' : right];
    // What is not named holds, too.
    const values = operator.startsWith('!') ? [...named, 'value'] : named;
    return this.#variable(name.toLowerCase(), values, directive, 0);
  }

  /** The variables in a text. */
  #mentioned(text: string, directive: Directive, depth: number): readonly Variation[] {
    if (!text.includes('$')) return [];
    return [...text.matchAll(/\$\{?(\w+)/g)].flatMap(([, name]) =>
      this.#variable(name!.toLowerCase(), undefined, directive, depth),
    );
  }

  /** `values`: those that are compared with; undefined: it is only used. */
  #variable(
    name: string,
    values: readonly string[] | undefined,
    directive: Directive,
    depth: number,
  ): readonly Variation[] {
    const definitions = variablesOf(this.#config).definitions.of(name, directive);
    if (definitions.length === 0) return variationsOf(traitsOf(name, values), directive);
    if (depth >= maxDepth) return [];
    return definitions.slice(0, most).flatMap((definition) => this.#definition(definition, depth + 1));
  }

  #definition(directive: Directive, depth: number): readonly Variation[] {
    let found = this.#definitions.get(directive);
    if (found) return found;
    // One that leads back to itself adds nothing.
    this.#definitions.set(directive, []);
    found = this.#readDefinition(directive, depth).slice(0, most);
    this.#definitions.set(directive, found);
    return found;
  }

  #readDefinition(directive: Directive, depth: number): readonly Variation[] {
    const { key, args, block } = directive;
    const [first = '', second = ''] = args.map(({ value }) => value);
    if (key === 'set') return this.#mentioned(second, directive, depth);
    if (key === 'geo' && block) {
      const source = args.length > 1 ? first : '$remote_addr';
      const networks = children(block).map(({ name }) => name.value);
      if (source !== '$remote_addr') return this.#mentioned(source, directive, depth);
      return variationsOf(networks.slice(0, most).flatMap(clientTraits), directive);
    }
    if (key !== 'map' || !block)
      return definedBy(directive) === undefined ? [] : this.#mentioned(first, directive, depth);
    const name = /^\$\{?(\w+)\}?$/.exec(first)?.[1];
    const entries = children(block).slice(0, most);
    const outcomes = entries.flatMap((entry) => this.#mentioned(entry.args[0]?.value ?? '', directive, depth));
    if (name === undefined) return [...this.#mentioned(first, directive, depth), ...outcomes];
    const values = entries.flatMap(({ name: { value } }) => keySamples(value));
    return [...this.#variable(name.toLowerCase(), values, directive, depth), ...outcomes];
  }
}

/** A request that has a trait of each kind, where several conditions may have to hold at once. */
function together(found: readonly Variation[]): readonly Variation[] {
  const byKind = new Map<string, Trait>();
  for (const { traits, directive } of found)
    if (directive.key === 'if')
      for (const trait of traits) {
        const key = trait.kind === 'header' ? `header ${trait.name.toLowerCase()}` : trait.kind;
        if (!byKind.has(key)) byKind.set(key, trait);
      }
  const last = found.at(-1);
  return last && byKind.size > 1 ? [{ traits: [...byKind.values()], directive: last.directive }] : [];
}

/** Values that an entry of a map matches. */
function keySamples(key: string): readonly string[] {
  if (key === 'default' || key === 'hostnames' || key === 'volatile' || key === 'include') return [];
  if (key.startsWith('~')) return sampleTexts(key.replace(/^~\*?/, ''), samplesOfPattern);
  return [
    key
      .replace(/^\\/, '')
      .replace(/^\*?\./, 'x.')
      .replace(/\.\*$/, '.example'),
  ];
}

function refererSamples(words: readonly string[]): readonly string[] {
  const named = words.filter((word) => !['none', 'blocked', 'server_names'].includes(word));
  const texts = named.flatMap((word) =>
    word.startsWith('~') ? sampleTexts(word.slice(1), 1) : [wildcardSample(word)],
  );
  return [
    ...texts.map((text) => (text.includes('://') ? text : `https://${text}/`)),
    'https://elsewhere.example/',
    'x',
  ];
}

const wildcardSample = (word: string): string => word.replace(/^\*?\./, 'x.').replace(/\.\*/, '.example');

const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

/** A client that asks with such a value of a built-in variable; without `values` with any. */
function traitsOf(name: string, values: readonly string[] | undefined): readonly Trait[] {
  const header = headerOf(name);
  if (header !== undefined) return headerTraits(header, values ?? ['value']);
  if (name.startsWith('arg_')) return queryTraits((values ?? ['value']).map((value) => `${name.slice(4)}=${value}`));
  if (name.startsWith('cookie_'))
    return headerTraits(
      'Cookie',
      (values ?? ['value']).map((value) => `${name.slice(7)}=${value}`),
    );
  if (!values) return [];
  switch (name) {
    case 'request_method':
      return comparedMethodTraits(values);
    case 'args':
    case 'query_string':
      return queryTraits(values);
    case 'uri':
    case 'document_uri':
      return pathTraits(values.map(rooted));
    case 'request_uri':
      return values.map(rooted).flatMap((value) => [...pathTraits([value.replace(/\?.*$/s, '')]), ...queryIn(value)]);
    case 'host':
    case 'http_host':
      return nameTraits(values);
    case 'remote_addr':
    case 'realip_remote_addr':
    case 'binary_remote_addr':
      return values.flatMap((value) => clientTraits(value));
    default:
      return [];
  }
}

function queryIn(target: string): readonly Trait[] {
  const at = target.indexOf('?');
  return at === -1 ? [] : queryTraits([target.slice(at + 1)]);
}

/** The header by which a client would send it. */
function sentName(key: string, name: string): string {
  return key.endsWith('_param') ? (/^HTTP_(\w+)$/.exec(name)?.[1]?.replaceAll('_', '-') ?? '') : name;
}

function headerOf(name: string): string | undefined {
  if (name === 'http_host') return undefined;
  if (name === 'content_type') return 'Content-Type';
  if (name === 'proxy_add_x_forwarded_for') return 'X-Forwarded-For';
  return name.startsWith('http_') ? name.slice(5).replaceAll('_', '-') : undefined;
}
