/** Makes a CommonJS chunk of an ES module that the bundler wrote. */
import { parseSync, Visitor, type ImportDeclaration, type Program } from 'oxc-parser';

/** Text that takes the place of a part of the code. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const defaultExport = '__default';

/** `loadNow(import('./module.ts'))` gives what the module exports, without waiting: a chunk is loaded at once. */
export const loadNow = 'loadNow';

/**
 * Imported names become constants and exported ones properties. esbuild's own conversion calls two getters for each use of a name of another
 * chunk, which took a tenth of the time of a large run. For that, no exported variable may be given another value once the chunk has run.
 * @param idOf by which name of a chunk it is loaded
 */
export function commonJsOf(name: string, code: string, idOf: (chunk: string) => string): string {
  const { program, module, errors } = parseSync(name, code, { sourceType: 'module' });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0]!.message}`);
  if (module.importMetas.length > 0) throw new Error(`${name}: a chunk has no import.meta`);
  const exported = new Map<string, string>();
  const now = callsOf(loadNow, program);
  const changes: Change[] = module.dynamicImports.map(({ start, end, moduleRequest }) => {
    const required = requireOf(JSON.parse(code.slice(moduleRequest.start, moduleRequest.end)) as string, idOf);
    const call = now.get(start);
    return call ? { ...call, text: required } : { start, end, text: `Promise.resolve().then(()=>${required})` };
  });
  for (const statement of program.body) {
    const { start, end } = statement;
    if (statement.type === 'ImportDeclaration') changes.push({ start, end, text: constantsOf(statement, idOf) });
    else if (statement.type === 'ExportDefaultDeclaration') {
      exported.set('default', defaultExport);
      changes.push({ start, end: statement.declaration.start, text: `const ${defaultExport}=` });
    } else if (statement.type === 'ExportNamedDeclaration' && !statement.declaration && !statement.source) {
      for (const each of statement.specifiers) exported.set(nameOf(each.exported), nameOf(each.local));
      changes.push({ start, end, text: '' });
    } else if (statement.type.startsWith('Export')) throw new Error(`${name}: unexpected ${statement.type}`);
  }
  refuseLateValues(name, program, new Set(exported.values()));
  const properties = [...exported].map(([property, local]) => `${property}:${local}`);
  return `"use strict";${withChanges(code, changes)};module.exports={${properties.join(',')}};`;
}

/** A chunk is imported by its name, from the same folder. */
function requireOf(module: string, idOf: (chunk: string) => string): string {
  return module.startsWith('./')
    ? `__load(${JSON.stringify(idOf(module.slice(2)))})`
    : `require(${JSON.stringify(module)})`;
}

function constantsOf({ source, specifiers }: ImportDeclaration, idOf: (chunk: string) => string): string {
  const required = requireOf(source.value, idOf);
  const declared: string[] = [];
  const names: string[] = [];
  for (const specifier of specifiers) {
    const local = specifier.local.name;
    if (specifier.type === 'ImportSpecifier') names.push(`${nameOf(specifier.imported)}:${local}`);
    // What a module of node exports by default is the module.
    else if (specifier.type === 'ImportNamespaceSpecifier' || source.value.startsWith('node:'))
      declared.push(`${local}=${required}`);
    else names.push(`default:${local}`);
  }
  if (names.length > 0) declared.push(`{${names.join(',')}}=${required}`);
  return declared.length > 0 ? `const ${declared.join(',')};` : `${required};`;
}

/** By where their first argument begins. */
function callsOf(
  name: string,
  program: Program,
): ReadonlyMap<number, { readonly start: number; readonly end: number }> {
  const calls = new Map<number, { readonly start: number; readonly end: number }>();
  new Visitor({
    CallExpression({ callee, arguments: [first], start, end }) {
      if (callee.type === 'Identifier' && callee.name === name && first) calls.set(first.start, { start, end });
    },
  }).visit(program);
  return calls;
}

function nameOf(name: { readonly type: string; readonly name?: string; readonly value?: unknown }): string {
  return name.name ?? String(name.value);
}

function refuseLateValues(name: string, program: Program, exported: ReadonlySet<string>): void {
  let depth = 0;
  const enter = (): void => void depth++;
  const leave = (): void => void depth--;
  const refuse = (target: { readonly type: string; readonly name?: unknown }): void => {
    if (depth > 0 && target.type === 'Identifier' && exported.has(String(target.name)))
      throw new Error(`${name}: the exported ${String(target.name)} gets another value later`);
  };
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    AssignmentExpression: ({ left }) => refuse(left),
    UpdateExpression: ({ argument }) => refuse(argument),
  }).visit(program);
}

function withChanges(code: string, changes: readonly Change[]): string {
  let changed = '';
  let at = 0;
  for (const { start, end, text } of changes.toSorted((a, b) => a.start - b.start)) {
    changed += code.slice(at, start) + text;
    at = end;
  }
  return changed + code.slice(at);
}
