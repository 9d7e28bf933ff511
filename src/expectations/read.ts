/** Reads files of expectations: YAML, or JSON, which is a part of it. */
import { LineCounter, parseDocument, isMap, isNode, isScalar, type Document } from 'yaml';
import { checkShape } from '../config/check-shape.ts';
import { ConfigError } from '../config/types.ts';
import { OptionError } from '../lint/options.ts';
import { requestTo, type RequestToTrace } from '../lint/request.ts';
import type { Position } from '../text/source.ts';
import { combinations } from './combinations.ts';
import { fillIn, UnknownVariable, type Variables } from './fill-in.ts';
import { expectationSchema } from './schema.ts';
import type { Assumed, Expectation, ExpectationFile, Expected, Wanted } from './types.ts';

type WrittenRequest =
  | string
  | (Omit<RequestToTrace, 'headers'> & { readonly headers?: Readonly<Record<string, string | number>> });

interface WrittenTest {
  readonly name?: string;
  readonly request?: WrittenRequest;
  readonly requests?: readonly WrittenRequest[];
  readonly config?: string;
  readonly assume?: Assumed;
  readonly each?: Readonly<Record<string, readonly unknown[]>>;
  readonly expect: Expected;
}

interface Written {
  readonly configs?: string | readonly string[];
  readonly targets?: Readonly<Record<string, string | number>>;
  readonly assume?: Assumed;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly request?: Partial<Exclude<WrittenRequest, string>>;
  readonly tests: readonly WrittenTest[];
}

/** More expectations than this in one file are a slip of `each`. */
const maxExpectations = 20_000;

/** Throws {@link ConfigError} with all mistakes of one kind, each with file, line and column. */
export function readExpectations(path: string, text: string): ExpectationFile {
  const source = parse(path, text);
  const written = checkShape<Written>((keys) => source.where(keys), expectationSchema, source.value);
  const mistakes: string[] = [];
  const expectations: Expectation[] = [];
  for (const [index, test] of written.tests.entries()) {
    const keys = ['tests', String(index)];
    try {
      expectations.push(...expectationsOf(test, written, source.positionOf(keys)));
    } catch (error) {
      if (!(error instanceof TestError)) throw error;
      mistakes.push(`${source.where([...keys, ...error.keys])}: tests[${index}]: ${error.message}`);
    }
    if (expectations.length > maxExpectations)
      mistakes.push(`${source.where(keys)}: tests[${index}]: more than ${maxExpectations} expectations`);
    if (mistakes.length > 0 && expectations.length > maxExpectations) break;
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const { configs = [], targets = {}, assume = {} } = written;
  return {
    path,
    configs: [configs].flat(),
    targets: Object.fromEntries(Object.keys(targets).map((name) => [name, source.textOf(['targets', name])])),
    assume,
    expectations,
  };
}

/** A test that cannot be made; `keys` lead from the test to the place. */
class TestError extends Error {
  readonly keys: readonly string[];

  constructor(message: string, keys: readonly string[] = []) {
    super(message);
    this.keys = keys;
  }
}

function expectationsOf(test: WrittenTest, file: Written, at: Position): Expectation[] {
  const { request, requests, expect, assume } = test;
  if ((request === undefined) === (requests === undefined))
    throw new TestError('expected either "request" or "requests"');
  const all = requests ?? [request!];
  const key = requests ? 'requests' : 'request';
  const rows = combinations(test.each ?? {}, maxExpectations / all.length);
  if (!rows) throw new TestError(`more than ${maxExpectations} expectations`, ['each']);
  return rows.flatMap((row) => {
    const variables: Variables = { ...file.variables, ...row };
    return all.map((one, index) => {
      const asked = build(() => requestOf(fillIn(one, variables), fillIn(file.request ?? {}, variables)), [key]);
      const name = build(() => fillIn(test.name, variables), ['name']) ?? `${asked.method ?? 'GET'} ${asked.url}`;
      const more = test.name !== undefined && all.length > 1 ? ` (${index + 1}: ${asked.url})` : '';
      const wanted = build(() => fillIn(expect, variables), ['expect']);
      checkPatterns(wanted, ['expect']);
      const config = build(() => fillIn(test.config, variables), ['config']);
      return { name: name + more, request: asked, expect: wanted, assume, config, at };
    });
  });
}

function build<T>(make: () => T, keys: readonly string[]): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof OptionError || error instanceof UnknownVariable) throw new TestError(error.message, keys);
    throw error;
  }
}

/** Throws `OptionError` for what is no request. */
function requestOf(written: WrittenRequest, defaults: Partial<Exclude<WrittenRequest, string>>): RequestToTrace {
  const own = typeof written === 'string' ? fromLine(written) : written;
  const { headers, ...rest } = { ...defaults, ...own };
  const named = new Map<string, string>();
  for (const [name, value] of Object.entries({ ...defaults.headers, ...headers })) {
    if (name.includes(':')) throw new OptionError(`"${name}" is no name of a header`);
    named.set(name.toLowerCase(), `${name}: ${value}`);
  }
  const request = { ...rest, headers: [...named.values()] } as RequestToTrace;
  requestTo(request);
  return request;
}

function fromLine(line: string): RequestToTrace {
  const [first = '', second, third] = line.trim().split(/\s+/);
  if (third !== undefined) throw new OptionError(`"${line}": expected a URL, or a method and a URL`);
  return second === undefined ? { url: first } : { method: first, url: second };
}

/** Whoever writes an expression wants it to be one. */
function checkPatterns(value: unknown, keys: readonly string[]): void {
  if (typeof value !== 'object' || value === null) return;
  const { matches } = value as { matches?: Wanted };
  if (typeof matches === 'string') {
    try {
      RegExp(matches, 'u');
    } catch {
      throw new TestError(`"${matches}" is no regular expression`, keys);
    }
  }
  for (const [key, inner] of Object.entries(value)) checkPatterns(inner, [...keys, key]);
}

interface Source {
  readonly value: unknown;
  readonly positionOf: (keys: readonly string[]) => Position;
  /** A scalar as it is written: the number `1.20` is no `1.2`. */
  readonly textOf: (keys: readonly string[]) => string;
  /** `file:line:column` of the value that the keys lead to. */
  readonly where: (keys: readonly string[]) => string;
}

function parse(path: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const mistakes = document.errors.map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `${path}:${line}:${col}: ${message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')}`;
  });
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const positionOf = (keys: readonly string[]): Position => {
    const { line, col } = lines.linePos(offsetOf(document, keys));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const where = (keys: readonly string[]): string => {
    const { line, column } = positionOf(keys);
    return `${path}:${line}:${column}`;
  };
  const textOf = (keys: readonly string[]): string => {
    const node: unknown = document.getIn(keys, true);
    return isScalar(node) ? (node.source ?? String(node.value)) : '';
  };
  return { value: valueOf(document, path), positionOf, textOf, where };
}

function valueOf(document: Document, path: string): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    // An alias may stand inside of what it names.
    JSON.stringify(value);
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : 'no YAML';
    const said = /circular/.test(reason) ? 'an alias stands inside of what it names' : reason;
    throw new ConfigError([`${path}: cannot be read: ${said}`]);
  }
}

/** That of the key in a map, where people look; else that of what is around it. */
function offsetOf(document: Document, keys: readonly string[]): number {
  for (let length = keys.length; length > 0; length--) {
    const around: unknown =
      length === 1 ? document.contents : document.getIn(keys.slice(0, length - 1).map(index), true);
    const last = keys[length - 1]!;
    const pair = isMap(around) ? around.items.find(({ key }) => isNode(key) && String(key) === last) : undefined;
    const node: unknown = pair?.key ?? document.getIn(keys.slice(0, length).map(index), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function index(key: string): string | number {
  return /^\d+$/.test(key) ? Number(key) : key;
}
