/** Modules of the built program that are loaded when one of their functions is called. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { parseSync } from 'oxc-parser';
import { loadNow } from './common-js.ts';

/** Each exports functions and nothing else. What most runs do without begins here: the other servers, the tracers, config files. */
const modules = [
  'src/config/load.ts',
  'src/servers/apache/detect.ts',
  'src/servers/apache/foreign.ts',
  'src/servers/apache/level.ts',
  'src/servers/apache/model/index.ts',
  'src/servers/apache/refusals/analyze.ts',
  'src/servers/apache/trace/trace.ts',
  'src/servers/apache/variations/index.ts',
  'src/servers/nginx/detect/detect.ts',
  'src/servers/nginx/level.ts',
  'src/servers/nginx/model/index.ts',
  'src/servers/nginx/refusals/analyze.ts',
  'src/servers/nginx/refusals/notice.ts',
  'src/servers/nginx/trace/trace.ts',
  'src/servers/nginx/variations.ts',
  'src/servers/sslh/trace/trace.ts',
];

const namespace = 'lazy-functions';

export function lazyFunctions(): Plugin {
  const lazy = new Map(modules.map((path) => [resolve(path), functionsOf(path)]));
  return {
    name: namespace,
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.\.?\/.*\.ts$/, namespace: 'file' }, ({ path, resolveDir, kind }) => {
        const module = resolve(resolveDir, path);
        return kind === 'import-statement' && lazy.has(module) ? { path: module, namespace } : undefined;
      });
      onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: callersOf(path, lazy.get(path)!),
        loader: 'ts',
        resolveDir: dirname(path),
      }));
    },
  };
}

/** A module with functions of the same names, which load that module and hand on to it. */
function callersOf(path: string, names: readonly string[]): string {
  const functions = names.map(
    (name) => `export function ${name}(...args) { return (loaded ??= load()).${name}(...args); }\n`,
  );
  return [`const load = () => ${loadNow}(import(${JSON.stringify(path)}));\n`, 'let loaded;\n', ...functions].join('');
}

function functionsOf(path: string): string[] {
  const { program } = parseSync(path, readFileSync(path, 'utf8'));
  return program.body.flatMap((statement) => {
    if (!statement.type.startsWith('Export')) return [];
    if (statement.type === 'ExportNamedDeclaration') {
      if (statement.exportKind === 'type') return [];
      const { declaration } = statement;
      if (declaration?.type === 'FunctionDeclaration' && declaration.id) return [declaration.id.name];
    }
    throw new Error(`${path}: only modules that export functions and nothing else can be loaded when they are called`);
  });
}
