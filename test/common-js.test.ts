/** The program's chunks: what an ES module of the bundler becomes. */
import { runInThisContext } from 'node:vm';
import { expect, test } from 'vitest';
import { commonJsOf } from '../scripts/common-js.ts';

type Chunk = (module: { exports: object }, load: (id: string) => unknown, require: (id: string) => unknown) => void;

const inFile = (name: string): string => `file:${name}`;

/** What a chunk exports that can load the given chunks and modules of node. */
function run(code: string, modules: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const chunk = runInThisContext(`(function(module,__load,require){${commonJsOf('a.js', code, inFile)}\n})`) as Chunk;
  const module = { exports: {} };
  const load = (id: string): unknown => modules[id.replace(/^file:/, './')];
  chunk(module, load, (id) => modules[id]);
  return module.exports;
}

test('imports by name, as a whole and by default, and exports', () => {
  const code =
    'import{a as b,c}from"./x.js";import p from"node:p";import d,*as all from"./y.js";const sum=b+c+p.q+d+all.e;export{sum as s,c};';
  const modules = { './x.js': { a: 1, c: 2 }, 'node:p': { q: 4 }, './y.js': { default: 8, e: 16 } };
  expect(run(code, modules)).toEqual({ s: 31, c: 2 });
});

test('a default export, and an import that is met later', async () => {
  const code = 'export default(()=>import("./x.js"))();';
  expect(await run(code, { './x.js': { a: 1 } })['default']).toEqual({ a: 1 });
});

test('an import that is met later, and not waited for', () => {
  const code = 'const all=[1,loadNow(import("./x.js")).a,2];export{all};';
  expect(run(code, { './x.js': { a: 3 } })).toEqual({ all: [1, 3, 2] });
});

test('names that are imported are exported again', () => {
  expect(run('import{a}from"./x.js";export{a as b};', { './x.js': { a: 1 } })).toEqual({ b: 1 });
});

test.each([
  ['let a=1;export{a};function set(){a=2}', 'gets another value later'],
  ['let a=1;export{a};export const set=()=>a++;', 'ExportNamedDeclaration'],
  ['let a=1;export{a};const set=()=>a++;', 'gets another value later'],
  ['export*from"./x.js";', 'ExportAllDeclaration'],
  ['console.log(import.meta.url)', 'import.meta'],
])('refuses %s', (code, message) => expect(() => commonJsOf('a.js', code, inFile)).toThrow(message));

test('a variable may get its value while the chunk runs', () => {
  expect(run('let a;a=1;export{a};')).toEqual({ a: 1 });
});
