/** What one C file of nginx says about directives and variables. */
import { closingBrace, fields, plainSource, strings, tableEntries } from './c-source.ts';

export interface Command {
  readonly name: string;
  readonly flags: readonly string[];
  readonly setter: string;
  /** The structure that the setter is given: a table of values, bounds, a deprecated name. */
  readonly post: string;
}

/** What a setter's own code does. */
export interface SetterCode {
  readonly compilesVariables: boolean;
  readonly refusesSecond: boolean;
  /** The slot to which it hands on. */
  readonly slot: string | undefined;
}

export interface SourceVariable {
  readonly name: string;
  readonly family: 'http' | 'stream';
  readonly module: string | undefined;
  readonly flags: readonly string[];
}

export interface SourceFacts {
  readonly commands: ReadonlyMap<string, readonly Command[]>;
  readonly modules: readonly { readonly name: string; readonly commands: string; readonly type: string }[];
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly bounds: ReadonlyMap<string, readonly [number, number]>;
  readonly setters: ReadonlyMap<string, SetterCode>;
  readonly variables: readonly SourceVariable[];
}

export function parseSource(text: string): SourceFacts {
  const source = plainSource(text);
  const modules = readModules(source);
  return {
    commands: new Map(tables(source, /ngx_command_t\s+(\w+)\s*\[\s*\]\s*=\s*\{/g, readCommands)),
    modules,
    values: new Map(
      tables(source, /ngx_conf_(?:enum|bitmask)_t\s+(\w+)\s*\[\s*\]\s*=\s*\{/g, (open) =>
        strings(source.slice(open, closingBrace(source, open))),
      ),
    ),
    bounds: new Map(tables(source, /ngx_conf_num_bounds_t\s+(\w+)\s*=\s*\{/g, readBounds)),
    setters: new Map(readSetters(source)),
    variables: readVariables(source, modules.at(-1)?.name),
  };
}

function tables<Value>(
  source: string,
  pattern: RegExp,
  read: (open: number, source: string) => Value,
): [name: string, value: Value][] {
  return [...source.matchAll(pattern)].map((match) => [match[1]!, read(match.index + match[0].length - 1, source)]);
}

function readCommands(open: number, source: string): Command[] {
  return tableEntries(source, open).flatMap(([name = '', flags = '', setter = '', , , post = '']) => {
    const [word] = strings(name);
    if (word === undefined) return [];
    return [{ name: word, flags: flags.replace(/[\s()]/g, '').split('|'), setter, post: post.replace(/^&|\s/g, '') }];
  });
}

function readModules(source: string): SourceFacts['modules'] {
  return tables(source, /ngx_module_t\s+(\w+)\s*=\s*\{/g, (open) =>
    fields(source.slice(open + 1, closingBrace(source, open))),
  ).flatMap(([name, [, , commands = '', type]]) =>
    type ? [{ name, commands: commands.replace(/\W/g, ''), type }] : [],
  );
}

function readBounds(open: number, source: string): readonly [number, number] {
  const [, low, high] = fields(source.slice(open + 1, closingBrace(source, open)));
  return [Number(low), Number(high)];
}

const setterHead = /^(ngx_\w+)\(([^;{}]*?ngx_command_t[^;{}]*?)\)\s*\n\{/gm;
const compiles =
  /compile_complex_value|script_variables_count|ngx_http_script_compile|ngx_stream_script_compile|set_complex_value/;
const handsOn = /\b(ngx_conf_set_\w+_slot|ngx_(?:http|stream)_set_complex_value\w*_slot)\(cf, cmd, conf\)/;

function readSetters(source: string): [name: string, code: SetterCode][] {
  return [...source.matchAll(setterHead)].map((match) => {
    const body = source.slice(match.index, closingBrace(source, match.index + match[0].length - 1));
    const code = {
      compilesVariables: compiles.test(body),
      refusesSecond: body.includes('return "is duplicate"'),
      slot: handsOn.exec(body)?.[1],
    };
    return [match[1]!, code];
  });
}

/** Variables in tables, and those that a module adds by a string of its own. */
function readVariables(source: string, module: string | undefined): SourceVariable[] {
  const flagsOf = (text: string): string[] =>
    [...text.matchAll(/NGX_(?:HTTP|STREAM)_VAR_(\w+)/g)].map(([, flag]) => flag!);
  const inTables = [...source.matchAll(/ngx_(http|stream)_variable_t\s+\w+\s*\[\s*\]\s*=\s*\{/g)].flatMap((match) =>
    tableEntries(source, match.index + match[0].length - 1).flatMap(([name = '', , , , flags = '']) =>
      strings(name).map((word) => ({
        name: word,
        family: match[1] as 'http' | 'stream',
        module,
        flags: flagsOf(flags),
      })),
    ),
  );
  const named = new Map(
    [...source.matchAll(/static\s+ngx_str_t\s+(\w+)\s*=\s*ngx_string\(\s*"([^"]+)"\s*\)/g)].map(([, id, word]) => [
      id!,
      word!,
    ]),
  );
  const added = [...source.matchAll(/ngx_(http|stream)_add_variable\(\s*cf\s*,\s*&(\w+)\s*,([^;]*?)\)\s*;/g)].flatMap(
    ([, family, id, flags]) => {
      const name = named.get(id!);
      return name === undefined ? [] : [{ name, family: family as 'http' | 'stream', module, flags: flagsOf(flags!) }];
    },
  );
  return [...inTables, ...added];
}
