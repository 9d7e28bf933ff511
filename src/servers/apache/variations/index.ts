/** What an httpd config lets depend on a request: its conditions, limits, requirements and rewriting rules. */
import type { Route, VirtualHost } from '../../../model/model.ts';
import {
  bodyTraits,
  clientTraits,
  headerTraits,
  methodTraits,
  namedHeaderTraits,
  pathTraits,
  variationsOf,
  type Trait,
  type Variation,
  type Variations,
} from '../../../model/variation.ts';
import { sampleTexts } from '../../../regex/sample.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { flagList } from '../meaning/rewrite.ts';
import { expandedNetwork } from '../trace/client.ts';
import { expressionTraits } from './expressions.ts';
import { traitsOf } from './traits.ts';

/** Of a level. */
const most = 48;
const samplesOfPattern = 4;

export function apacheVariations(config: Config): Variations {
  return new Reader(config);
}

class Reader implements Variations {
  readonly #config: Config;
  readonly #levels = new Map<Block, readonly Variation[]>();

  constructor(config: Config) {
    this.#config = config;
  }

  ofHost({ directive }: VirtualHost): readonly Variation[] {
    const main = this.#level(this.#config.file.root);
    return directive?.block ? [...this.#level(directive.block), ...main] : main;
  }

  ofRoute({ directive }: Route): readonly Variation[] {
    return directive.block && directive.key !== 'virtualhost' ? this.#level(directive.block) : [];
  }

  #level(block: Block): readonly Variation[] {
    let found = this.#levels.get(block);
    if (!found) this.#levels.set(block, (found = readLevel(block, documentRoot(block)).slice(0, most)));
    return found;
  }
}

function documentRoot(block: Block): string | undefined {
  const own = children(block).findLast(({ key }) => key === 'documentroot');
  return own?.args[0]?.value.replace(/\/$/, '');
}

/** Other levels are asked for themselves. */
const apart = /^(?:virtualhost|location|locationmatch|macro|proxy|proxymatch)$/;

function readLevel(block: Block, root: string | undefined): Variation[] {
  const found: Variation[] = [];
  let conditions: Trait[] = [];
  for (const directive of children(block)) {
    if (directive.key === 'rewritecond') conditions.push(...conditionTraits(directive).slice(0, 1));
    found.push(...variationsOf(traitsOfDirective(directive, root), directive));
    if (directive.key === 'rewriterule') {
      if (conditions.length > 0) found.push(ruleVariation(directive, conditions));
      conditions = [];
    }
    if (found.length >= most) break;
    if (directive.block && !apart.test(directive.key)) {
      const inner = readLevel(directive.block, root);
      found.push(...inner, ...whereItHolds(directive, inner));
    }
  }
  return found;
}

const mostWithin = 4;

/** What is told apart within an `<If>`, in requests for which it holds. */
function whereItHolds({ key, args }: Directive, inner: readonly Variation[]): readonly Variation[] {
  if (key !== 'if' && key !== 'elseif') return [];
  const conditions = expressionTraits(args.map(({ value }) => value).join(' ')).slice(0, mostWithin);
  return conditions.flatMap((condition) =>
    inner.slice(0, mostWithin).map(({ traits, directive }) => ({ traits: [condition, ...traits], directive })),
  );
}

/** A request that a rule takes with all its conditions. */
function ruleVariation(directive: Directive, conditions: readonly Trait[]): Variation {
  const path = ruleTraits(directive).slice(0, 1);
  return { traits: [...(conditions.some(({ kind }) => kind === 'path') ? [] : path), ...conditions], directive };
}

function ruleTraits({ args }: Directive): readonly Trait[] {
  const pattern = args[0]?.value.replace(/^!/, '') ?? '';
  return pathTraits(sampleTexts(pattern, samplesOfPattern).map(rooted));
}

const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

function conditionTraits({ args }: Directive): readonly Trait[] {
  const [test = '', pattern = '', flags = ''] = args.map(({ value }) => value);
  if (test.toLowerCase() === 'expr') return expressionTraits(pattern);
  const [, name] = /^%\{([^}]+)\}$/.exec(test) ?? [];
  if (name === undefined) return [...test.matchAll(/%\{([^{}]+)\}/g)].flatMap(([, each]) => anyOf(each!));
  const bare = pattern.replace(/^!/, '');
  const [, operator, text = ''] = /^(-(?:[a-z]{2}\s*)?|[<>=]=?)(.*)$/s.exec(bare) ?? [];
  if (operator?.startsWith('-')) return [];
  if (operator !== undefined) return traitsOf({ name, value: text.replaceAll('"', ''), isPattern: false });
  const isInsensitive = flagList(flags).some(([flag]) => flag === 'nc');
  const named = traitsOf({ name, value: bare, isPattern: true });
  const traits = bare === pattern ? named : [...traitsOf({ name, value: 'value', isPattern: false }), ...named];
  return isInsensitive && name.toUpperCase() === 'REQUEST_METHOD' ? methodTraits([bare.toUpperCase()]) : traits;
}

const anyOf = (name: string): readonly Trait[] =>
  /^HTTP/i.test(name) ? traitsOf({ name, value: 'value', isPattern: false }) : [];

function traitsOfDirective(directive: Directive, root: string | undefined): readonly Trait[] {
  const words = directive.args.map(({ value }) => value);
  const [first = '', second = ''] = words;
  switch (directive.key) {
    case 'require':
      return requirementTraits(words.filter((word) => word.toLowerCase() !== 'not'));
    case 'allow':
    case 'deny':
      return words.slice(1).flatMap((word) => clientTraits(expandedNetwork(word)));
    case 'remoteiptrustedproxy':
    case 'remoteipinternalproxy':
      return words.flatMap((word) => clientTraits(expandedNetwork(word)));
    case 'remoteipheader':
      return namedHeaderTraits('told-client', first);
    case 'requestheader':
      return [
        ...namedHeaderTraits('own-header', words.find((word) => !/^early$/i.test(word) && word !== first) ?? ''),
        ...words.flatMap(mentioned),
      ];
    case 'header':
      return [...echoTraits(words), ...words.flatMap(mentioned)];
    case 'limit':
    case 'limitexcept':
    case 'allowmethods':
      return methodTraits([...words.map((word) => word.toUpperCase()), 'DELETE', 'OPTIONS']);
    case 'traceenable':
      return methodTraits(['TRACE']);
    case 'limitrequestbody':
      return bodyTraits(Number(first));
    case 'rewritecond':
      return conditionTraits(directive);
    case 'rewriterule':
    case 'redirectmatch':
    case 'aliasmatch':
    case 'scriptaliasmatch':
      return ruleTraits(directive.key === 'redirectmatch' && words.length > 2 ? shifted(directive) : directive);
    case 'if':
    case 'elseif':
      return expressionTraits(words.join(' '));
    case 'setenvif':
    case 'setenvifnocase':
      return attributeTraits(first, second);
    case 'setenvifexpr':
      return expressionTraits(first);
    case 'browsermatch':
    case 'browsermatchnocase':
      return attributeTraits('User-Agent', first);
    case 'files':
    case 'filesmatch':
    case 'directory':
    case 'directorymatch':
      return sectionTraits(directive.key, words, root);
    default:
      return words.flatMap(mentioned);
  }
}

/** `Header [condition] echo PATTERN` answers with headers of the request. */
function echoTraits(words: readonly string[]): readonly Trait[] {
  const at = words.slice(0, 2).findIndex((word) => word.toLowerCase() === 'echo');
  const names = at === -1 ? [] : sampleTexts(words[at + 1] ?? '', 1);
  return names.flatMap((name) => headerTraits(name, ['value']));
}

const shifted = (directive: Directive): Directive => ({ ...directive, args: directive.args.slice(1) });

function requirementTraits([kind = '', ...words]: readonly string[]): readonly Trait[] {
  switch (kind.toLowerCase()) {
    case 'ip':
      return words.flatMap((word) => clientTraits(expandedNetwork(word)));
    case 'local':
      return clientTraits('127.0.0.1');
    case 'method':
      return methodTraits([...words, 'DELETE']);
    case 'expr':
      return expressionTraits(words.join(' '));
    default:
      return [];
  }
}

function attributeTraits(attribute: string, pattern: string): readonly Trait[] {
  const name = /^(?:Remote_Addr|Remote_Host|Request_Method|Request_URI)$/i.test(attribute)
    ? attribute.toUpperCase()
    : `HTTP:${attribute}`;
  return traitsOf({ name, value: pattern, isPattern: true });
}

/** A file of the section, at the top of what the virtual host serves. */
function sectionTraits(key: string, words: readonly string[], root: string | undefined): readonly Trait[] {
  const isPattern = key.endsWith('match') || words[0] === '~';
  const text = words[0] === '~' ? (words[1] ?? '') : (words[0] ?? '');
  const names = isPattern ? sampleTexts(text, samplesOfPattern) : [text.replace(/[*?]/g, 'x')];
  if (key.startsWith('files')) return pathTraits(names.map((name) => `/${name.replace(/^.*\//, '')}`));
  const below = names.filter((name) => root !== undefined && name.startsWith(`${root}/`));
  return pathTraits(below.map((name) => `${name.slice(root!.length).replace(/\/$/, '')}/`));
}

/** Headers of the client in a text: `%{X-Test}i`, `%{HTTP:X-Test}`, `expr=...`, `"expr=%{HTTP_HOST} == 'a'"`. */
function mentioned(word: string): readonly Trait[] {
  if (word.startsWith('expr=')) return expressionTraits(word.slice(5));
  return [...word.matchAll(/%\{([^{}]+)\}(i\b)?/g)].flatMap(([, name = '', mark]) => {
    const header = mark === undefined ? /^HTTP:(.+)$/i.exec(name)?.[1] : name;
    return header === undefined ? [] : headerTraits(header, ['value']);
  });
}
