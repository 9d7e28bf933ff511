/** What the parameters of a message must hold, as far as an answer reads them without a doubt. */

type Kind = 'string' | 'number' | 'array' | 'object';
/** The kind of each value, by its path with dots. */
type Shape = Readonly<Record<string, Kind>>;

const document: Shape = { 'textDocument.uri': 'string' };
const position: Shape = { ...document, 'position.line': 'number', 'position.character': 'number' };
const range: Shape = {
  ...document,
  'range.start.line': 'number',
  'range.start.character': 'number',
  'range.end.line': 'number',
  'range.end.character': 'number',
};

const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['initialize', { capabilities: 'object' }],
  ['textDocument/didOpen', { ...document, 'textDocument.text': 'string', 'textDocument.version': 'number' }],
  ['textDocument/didChange', { ...document, contentChanges: 'array' }],
  ['textDocument/didClose', document],
  ['textDocument/didSave', document],
  ['textDocument/diagnostic', document],
  ['textDocument/codeAction', { ...range, 'context.diagnostics': 'array' }],
  ['textDocument/hover', position],
  ['textDocument/completion', position],
  ['completionItem/resolve', { label: 'string' }],
  ['textDocument/documentSymbol', document],
  ['textDocument/definition', position],
  ['textDocument/references', position],
  ['textDocument/documentHighlight', position],
  ['textDocument/documentLink', document],
  ['textDocument/prepareRename', position],
  ['textDocument/rename', { ...position, newName: 'string' }],
  ['textDocument/codeLens', document],
  ['textDocument/formatting', { ...document, options: 'object' }],
  ['textDocument/rangeFormatting', { ...range, options: 'object' }],
  ['textDocument/foldingRange', document],
  ['workspace/executeCommand', { command: 'string' }],
  ['workspace/didChangeWatchedFiles', { changes: 'array' }],
  ['workspace/didChangeWorkspaceFolders', { 'event.added': 'array', 'event.removed': 'array' }],
]);

/** In words what is missing or of a wrong kind; undefined where nothing is. */
export function faultOfParams(method: string, params: unknown): string | undefined {
  for (const [path, kind] of Object.entries(shapes.get(method) ?? {})) {
    const value = valueAt(params, path);
    if (value === undefined) return `${method} needs the parameter "${path}"`;
    if (kindOf(value) !== kind) return `the parameter "${path}" of ${method} must be of type ${kind}`;
  }
  return undefined;
}

function valueAt(value: unknown, path: string): unknown {
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}
