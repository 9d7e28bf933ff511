/** Where the values of variables come from: for rules that ask whether a client can choose what stands in a directive. */
import { builtinSource } from '../facts/variable-sources.ts';
import type { Config } from '../../../syntax/config.ts';
import { captureGroups } from '../../../regex/captures.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { runSteps, type Steps } from '../../../text/steps.ts';
import { children } from '../../../syntax/walk.ts';
import { locationBringsSlash } from './captured-path.ts';
import { definitionsOf, regexesAround, serverAround, type Definitions } from './definitions.ts';
import { type ValueSource, constant, notKnown, captured, unescaped, widest, maxThrough } from './value-source.ts';

export interface Variables {
  /** The source of a text with variables, as it stands in a directive. */
  sourceOf(text: string, at: Directive): ValueSource;
  readonly definitions: Definitions;
}

const otherConstant: ValueSource = { ...constant, isPath: false };

const read = new WeakMap<Config, Variables>();

/** The variables of an nginx config; read once a config. */
export function variablesOf(config: Config): Variables {
  let variables = read.get(config);
  if (!variables) read.set(config, (variables = new VariableReader(definitionsOf(config))));
  return variables;
}

const mention = /\$(?:\{(\w+)\}|(\d)|(\w+))/g;

class VariableReader implements Variables {
  readonly definitions: Definitions;
  /** Definitions being read: one that leads back to itself adds nothing. */
  readonly #reading = new Set<Directive>();
  /** Sources by definition and by the server that asks: a chain of definitions is read once. */
  readonly #known = new Map<Directive, Map<Directive | undefined, ValueSource>>();
  /** What is the same at every place: sources by text and by definition. */
  readonly #fixedTexts = new Map<string, ValueSource>();
  readonly #fixedDefinitions = new Map<Directive, ValueSource>();
  /** Set where a source that is being read depends on the place that asks. */
  #dependsOnPlace = false;

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  sourceOf(text: string, at: Directive): ValueSource {
    // Most texts name no variable.
    if (!text.includes('$')) return text === '' || text.startsWith('/') ? constant : otherConstant;
    const fixed = this.#fixedTexts.get(text);
    if (fixed) return fixed;
    return runSteps(this.#text(text, at));
  }

  *#text(text: string, at: Directive): Steps<ValueSource> {
    const fixed = this.#fixedTexts.get(text);
    if (fixed) return fixed;
    const before = this.#dependsOnPlace;
    this.#dependsOnPlace = false;
    const source = yield this.#parts(text, at);
    if (!this.#dependsOnPlace && this.#reading.size === 0) this.#fixedTexts.set(text, source);
    this.#dependsOnPlace ||= before;
    return source;
  }

  *#parts(text: string, at: Directive): Steps<ValueSource> {
    const sources: ValueSource[] = [];
    // What is named again adds nothing.
    const names = new Set([...text.matchAll(mention)].map((match) => (match[1] ?? match[2] ?? match[3])!));
    for (const name of names) sources.push(yield this.#variable(name, at));
    const isPath = text === '' || text.startsWith('/') || (text.startsWith('$') && (sources[0]?.isPath ?? false));
    return { ...sources.reduce(widest, constant), isPath };
  }

  *#variable(name: string, at: Directive): Steps<ValueSource> {
    this.#dependsOnPlace ||= /^\d$/.test(name) || this.definitions.isCapture(name) || this.definitions.isLocal(name);
    if (/^\d$/.test(name)) return yield this.#capture((group) => group.number === Number(name), at, name);
    const defined = this.definitions.of(name, at);
    const key = name.toLowerCase();
    if (defined.length > maxDefinitions) return notKnown;
    const sources: ValueSource[] = [];
    for (const directive of defined) sources.push(yield this.#definition(directive, at));
    if (this.definitions.isCapture(name))
      sources.push(yield this.#capture((group) => group.name?.toLowerCase() === key, at, name));
    if (sources.length > 0) return sources.reduce(widest);
    const builtin = builtinSource(key);
    if (!builtin) return notKnown;
    const isClient = builtin.control === 'client';
    return {
      ...builtin,
      isPath: paths.has(key),
      clientVariables: isClient ? [name] : [],
      roots: isClient ? [key] : [],
      through: [],
    };
  }

  *#definition(directive: Directive, at: Directive): Steps<ValueSource> {
    const fixed = this.#fixedDefinitions.get(directive);
    if (fixed) return fixed;
    const outer = this.#dependsOnPlace;
    this.#dependsOnPlace = false;
    const source = yield this.#definitionAt(directive, at);
    if (!this.#dependsOnPlace && this.#reading.size === 0) this.#fixedDefinitions.set(directive, source);
    this.#dependsOnPlace ||= outer;
    return source;
  }

  *#definitionAt(directive: Directive, at: Directive): Steps<ValueSource> {
    let known = this.#known.get(directive);
    if (!known) this.#known.set(directive, (known = new Map<Directive | undefined, ValueSource>()));
    const server = serverAround(at);
    const before = known.get(server);
    if (before) {
      this.#dependsOnPlace = true;
      return before;
    }
    if (this.#reading.has(directive)) return constant;
    this.#reading.add(directive);
    const source = yield this.#defined(directive, at);
    this.#reading.delete(directive);
    const whole = { ...source, through: [directive, ...source.through].slice(0, maxThrough) };
    known.set(server, whole);
    return whole;
  }

  *#defined(directive: Directive, at: Directive): Steps<ValueSource> {
    const { key, args, block } = directive;
    if (key === 'set' || key === 'auth_request_set') return yield this.#text(args[1]?.value ?? '', directive);
    if (key === 'set_unescape_uri') return unescaped(yield this.#text((args[1] ?? args[0])?.value ?? '', directive));
    if (key === 'map' && block) {
      const entries = children(block).filter((entry) => entry.args.length > 0 && entry.key !== 'include');
      const sources: ValueSource[] = [];
      for (const entry of entries) sources.push(yield this.#mapEntry(entry, directive, at));
      const unread = children(block).some((entry) => entry.key === 'include' && !entry.included);
      return (unread ? [...sources, notKnown] : sources).reduce(widest, constant);
    }
    return key === 'geo' || key === 'split_clients' ? { ...constant, isPath: false } : notKnown;
  }

  /** Captures of a map's own regular expression hold parts of its source. */
  *#mapEntry({ name, args: [value] }: Directive, map: Directive, at: Directive): Steps<ValueSource> {
    const text = value!.value;
    if (!name.value.startsWith('~') || !text.includes('$')) return yield this.#text(text, map);
    const pattern = name.value.replace(/^~\*?/, '');
    const groups = captureGroups(pattern);
    const sources: ValueSource[] = [];
    for (const [reference, braced, digit, bare] of text.matchAll(mention)) {
      const wanted = (braced ?? digit ?? bare)!.toLowerCase();
      const group = groups.find(({ number, name: own }) => wanted === String(number) || wanted === own?.toLowerCase());
      if (!group) sources.push(yield this.#text(reference, map));
      else sources.push(captured(yield this.#text(map.args[0]?.value ?? '', at), group, pattern));
    }
    const isPath = text.startsWith('/') || (text.startsWith('$') && (sources[0]?.isPath ?? false));
    return { ...sources.reduce(widest, constant), isPath };
  }

  /** The capture of any regular expression that may have run last: which one did depends on the request. */
  *#capture(
    fits: (group: { number: number; name: string | undefined }) => boolean,
    at: Directive,
    name: string,
  ): Steps<ValueSource> {
    const found: ValueSource[] = [];
    for (const use of regexesAround(at, /^\d$/.test(name))) {
      const { directive, pattern, subject } = use;
      const group = captureGroups(pattern).find(fits);
      if (!group) continue;
      const source = captured(yield this.#text(subject, directive), group, pattern);
      const isPath = source.isPath || locationBringsSlash(use, group.start);
      const clientVariables = source.control === 'client' ? [name] : [];
      found.push({ ...source, isPath, clientVariables, through: [directive] });
    }
    return found.length === 0 ? notKnown : found.reduce(widest);
  }
}

/** A variable that is set in more places is not known: each of them may read it again. */
const maxDefinitions = 300;

/** Variables that are empty or begin with a slash, or with the question mark of the arguments. */
const paths: ReadonlySet<string> = new Set([
  'uri',
  'document_uri',
  'request_uri',
  'request_filename',
  'fastcgi_script_name',
  'is_args',
]);
