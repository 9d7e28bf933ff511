/** What a module keeps between two runs is named here: a session that runs for days must not grow with what it reads. */
import { readFileSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { parseSync, type Statement } from 'oxc-parser';
import { expect, test } from 'vitest';

/** By what bounds it. What hangs on an object, in a `WeakMap`, goes with the object. */
const kept: Readonly<Record<string, readonly string[]>> = {
  'made once, when it is needed': [
    'src/lsp/languages/apache/describe.ts loaded',
    'src/lsp/languages/nginx/documentation.ts loaded',
    'src/parsers/apache-expr/parse.ts lexers',
    'src/parsers/apache-expr/parse.ts parser',
    'src/parsers/apache/grammar.ts parser',
    'src/parsers/nginx/parse.ts made',
    'src/parsers/sslh/grammar.ts parser',
    'src/parsers/sslh/tokens.ts lineLexer',
    'src/parsers/sslh/tokens.ts wholeLexer',
    'src/servers/apache/facts/expressions.ts tables',
    'src/servers/apache/facts/index.ts moduleList',
    'src/servers/index.ts parsers',
    'src/servers/index.ts tracers',
  ],
  'in a page that a browser shows': ['src/formatters/html/assets/report.ts folded'],
  'as many as the facts have': [
    'src/facts/advisories/index.ts known',
    'src/servers/apache/facts/providers.ts modulesByName',
    'src/servers/nginx/facts/index.ts decoded',
    'src/servers/nginx/facts/variable-sources.ts byName',
    'src/servers/nginx/meaning/settings.ts readings',
  ],
  'as many as there are versions of a server': [
    'src/servers/nginx/refusals/definitions.ts byVersion',
    'src/servers/nginx/refusals/modules/common/listen-parameters.ts knownByVersion',
  ],
  'a number': [
    'src/config/resolve.ts parsed',
    'src/model/url.ts recent',
    'src/rules/regex/_judge.ts judged',
    'src/servers/apache/facts/index.ts decoded',
    'src/servers/apache/trace/state.ts compiled',
    'src/servers/nginx/meaning/scope.ts cachedFacts',
    'src/servers/nginx/model/header-table.ts lowerCased',
  ],
  'nothing: its type is read-only': ['src/servers/nginx/model/routes.ts noConditions'],
  'one run of the command line': [
    'src/cli/project/plugin-files.ts count',
    'src/cli/files/read-bounded.ts shared',
    'src/cli/files/read-scope.ts projects',
    'src/cli/files/read-scope.ts scopes',
    'src/cli/files/real-path.ts asWritten',
    'src/cli/files/real-path.ts known',
    'src/cli/start/tune.ts read',
  ],
};

/** Variables, and collections that begin empty, at the top level of a module. */
function stateOf(body: readonly unknown[]): string[] {
  return (body as Statement[]).flatMap((statement) => {
    const node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (node?.type !== 'VariableDeclaration') return [];
    const changing = node.declarations.filter(
      ({ id, init }) => node.kind !== 'const' || (isEmptyCollection(init) && !isReadonly(id)),
    );
    return changing.map(({ id }) => (id.type === 'Identifier' ? id.name : id.type));
  });
}

function isEmptyCollection(init: unknown): boolean {
  const {
    type,
    callee,
    arguments: given,
    elements,
  } = (init ?? {}) as {
    type?: string;
    callee?: { name?: string };
    arguments?: readonly unknown[];
    elements?: readonly unknown[];
  };
  if (type === 'ArrayExpression') return elements!.length === 0;
  return (
    type === 'NewExpression' &&
    /^(?:Map|Set|Cache)$/.test(callee?.name ?? '') &&
    (given!.length === 0 || callee?.name === 'Cache')
  );
}

function isReadonly(id: unknown): boolean {
  const annotation = JSON.stringify((id as { typeAnnotation?: unknown }).typeAnnotation ?? '');
  return /"operator":"readonly"|"name":"Readonly/.test(annotation);
}

const files = fastGlob.sync('src/**/*.ts', { ignore: ['**/*.gen.ts', '**/*.d.ts'] }).sort();

test('modules keep nothing that is not named here', () => {
  const found = files.flatMap((file) => {
    const { program } = parseSync(file, readFileSync(file, 'utf8'));
    return stateOf(program.body).map((name) => `${file} ${name}`);
  });
  expect(found.sort()).toEqual(Object.values(kept).flat().sort());
});

test.each([
  ['let count = 0;', ['count']],
  ['export const seen = new Set<string>();', ['seen']],
  ['const list: string[] = [];', ['list']],
  ['const none: readonly never[] = [];', []],
  ['const none: ReadonlySet<string> = new Set();', []],
  ['const known = new Set(["a"]); const byNode = new WeakMap<object, number>();', []],
  ['function f() { let count = 0; return count; }', []],
])('%s', (text, expected) => {
  expect(stateOf(parseSync('a.ts', text).program.body)).toEqual(expected);
});
