/** As much of the module "vscode" as the client needs to talk to a server: what it shows is kept to be looked at. */
'use strict';
const { EventEmitter: NodeEmitter } = require('node:events');
const { pathToFileURL, fileURLToPath } = require('node:url');

class Position {
  constructor(line, character) {
    this.line = line;
    this.character = character;
  }
}
class Range {
  constructor(startLine, startCharacter, endLine, endCharacter) {
    [this.start, this.end] =
      startLine instanceof Position
        ? [startLine, startCharacter]
        : [new Position(startLine, startCharacter), new Position(endLine, endCharacter)];
  }
}
class Emitter {
  #events = new NodeEmitter();
  event = (listener, self, disposables) => {
    const bound = listener.bind(self);
    this.#events.on('event', bound);
    const disposable = { dispose: () => this.#events.off('event', bound) };
    disposables?.push(disposable);
    return disposable;
  };
  fire(value) {
    this.#events.emit('event', value);
  }
  dispose() {}
}
class Uri {
  static parse(text) {
    return Object.assign(new Uri(), {
      scheme: text.split(':')[0],
      text,
      path: new URL(text).pathname,
      fsPath: text.startsWith('file:') ? fileURLToPath(text) : text,
    });
  }
  static file(path) {
    return Uri.parse(pathToFileURL(path).href);
  }
  toString() {
    return this.text;
  }
}
class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
  cancel() {}
  dispose() {}
}
class Disposable {
  constructor(dispose) {
    this.dispose = dispose;
  }
  static from() {
    return new Disposable(() => {});
  }
}
class CodeActionKind {
  constructor(value) {
    this.value = value;
  }
  append(part) {
    return new CodeActionKind(this.value === '' ? part : `${this.value}.${part}`);
  }
}
CodeActionKind.Empty = new CodeActionKind('');
for (const [name, value] of [
  ['QuickFix', 'quickfix'],
  ['Refactor', 'refactor'],
  ['RefactorExtract', 'refactor.extract'],
  ['RefactorInline', 'refactor.inline'],
  ['RefactorMove', 'refactor.move'],
  ['RefactorRewrite', 'refactor.rewrite'],
  ['Source', 'source'],
  ['SourceOrganizeImports', 'source.organizeImports'],
  ['SourceFixAll', 'source.fixAll'],
  ['Notebook', 'notebook'],
])
  CodeActionKind[name] = new CodeActionKind(value);
class TabInputText {
  constructor(uri) {
    this.uri = uri;
  }
}
class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

const never = () => ({ dispose() {} });
const events = { opened: new Emitter(), changed: new Emitter(), closed: new Emitter(), saved: new Emitter() };
const state = { diagnostics: new Map(), providers: new Map(), messages: [], shown: [], settings: {} };
const documents = [];

function collection() {
  return {
    set: (uri, found) => state.diagnostics.set(uri.toString(), found ?? []),
    get: (uri) => state.diagnostics.get(uri.toString()),
    has: (uri) => state.diagnostics.has(uri.toString()),
    delete: (uri) => state.diagnostics.delete(uri.toString()),
    clear: () => state.diagnostics.clear(),
    forEach: (visit) => state.diagnostics.forEach((found, uri) => visit(Uri.parse(uri), found)),
    dispose() {},
  };
}

/** Keeps what is registered by the name of the kind: `registerHoverProvider` under `Hover`. */
const languages = new Proxy(
  {
    createDiagnosticCollection: collection,
    match: (selector, document) => (selector.some?.(({ language }) => language === document.languageId) ? 10 : 0),
  },
  {
    get(own, name) {
      if (name in own) return own[name];
      const kind = /^register(\w+)Provider$/.exec(String(name))?.[1];
      return (selector, provider) => {
        if (kind) state.providers.set(kind, provider);
        return { dispose() {} };
      };
    },
  },
);

const output = {
  append() {},
  appendLine() {},
  replace() {},
  clear() {},
  show() {},
  hide() {},
  dispose() {},
  error() {},
  info() {},
  warn() {},
  debug() {},
  trace() {},
  onDidChangeLogLevel: never,
  logLevel: 0,
};
const known = {
  state,
  events,
  documents,
  Position,
  Range,
  Uri,
  EventEmitter: Emitter,
  CancellationTokenSource,
  Disposable,
  CodeActionKind,
  TabInputText,
  Diagnostic,
  languages,
  commands: {
    registerCommand: (name, run) => (state.providers.set(name, run), { dispose() {} }),
    executeCommand: async () => undefined,
  },
  window: {
    createOutputChannel: () => output,
    showErrorMessage: async (message) => void state.messages.push(message),
    showInformationMessage: async (message) => void state.messages.push(message),
    showWarningMessage: async (message) => void state.messages.push(message),
    showTextDocument: async (document) => void state.shown.push(document.content),
    visibleTextEditors: [],
    activeTextEditor: undefined,
    onDidChangeActiveTextEditor: never,
    onDidChangeVisibleTextEditors: never,
    tabGroups: {
      get all() {
        return [{ tabs: documents.map(({ uri }) => ({ input: new TabInputText(uri) })) }];
      },
      onDidChangeTabs: never,
      onDidChangeTabGroups: never,
    },
    withProgress: async (_, run) => run({ report() {} }, new CancellationTokenSource().token),
  },
  workspace: new Proxy(
    {
      textDocuments: documents,
      notebookDocuments: [],
      workspaceFolders: [],
      getConfiguration: () => ({ get: (name, otherwise) => state.settings[name] ?? otherwise, ...state.settings }),
      openTextDocument: async (options) => options,
      createFileSystemWatcher: () => ({ onDidCreate: never, onDidChange: never, onDidDelete: never, dispose() {} }),
      onDidOpenTextDocument: events.opened.event,
      onDidChangeTextDocument: events.changed.event,
      onDidCloseTextDocument: events.closed.event,
      onDidSaveTextDocument: events.saved.event,
      fs: {},
      isTrusted: true,
    },
    { get: (own, name) => own[name] ?? (String(name).startsWith('on') ? never : undefined) },
  ),
  env: { appName: 'stub', language: 'en', machineId: '0', clipboard: {} },
  version: '1.91.0',
  extensions: { getExtension: () => undefined, all: [] },
  l10n: { t: (text) => text },
};

/** Classes and enumerations that the client derives from or reads: any that is not above is made when it is asked for. */
module.exports = new Proxy(known, {
  get(own, name) {
    if (name in own || typeof name === 'symbol') return own[name];
    class Kept {
      constructor(...given) {
        this.given = given;
      }
    }
    own[name] = new Proxy(Kept, {
      get: (target, key) => (key in target ? target[key] : typeof key === 'symbol' ? undefined : key),
    });
    return own[name];
  },
});
