/** Fixes and suppressions as code actions. */
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix } from '../../rules/finding.ts';
import { groupBy } from '../../text/group-by.ts';
import type { ServerContext } from '../context.ts';
import { editsBetween } from '../edits.ts';
import type { View } from '../view.ts';
import { diagnosticOf } from './diagnostics.ts';
import { suppressionAt } from './suppression.ts';
import { placeInOuter } from '../../text/source.ts';

/** All fixes that keep the behaviour. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.proxylint`;

export async function codeActions(server: ServerContext, params: CodeActionParams): Promise<CodeAction[]> {
  const { workspace, positions } = server;
  const view = await workspace.viewAt(params.textDocument.uri);
  if (!view) return [];
  const { only } = params.context;
  const wants = (kind: string): boolean =>
    only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const actions: CodeAction[] = [];
  let hasSafeFix = false;
  if (wants(CodeActionKind.QuickFix)) {
    const span = positions.spanOf(view.document, params.range);
    const met = (await view.findings()).filter((finding) => {
      const { start, end } = placeInOuter(finding.place);
      return start <= span.end && end >= span.start;
    });
    hasSafeFix = met.some(({ fix }) => fix?.safety === 'safe');
    for (const finding of met) actions.push(...fixesOf(server, view, finding));
    for (const finding of met) actions.push(...suppressionsOf(server, view, finding));
  }
  // An editor asks for it by name, to fix when a file is saved. Where it asks at each move of the cursor, it is offered beside another fix.
  if (only === undefined ? hasSafeFix : wants(fixAllKind)) actions.push(...(await fixAll(server, view)));
  return actions;
}

function fixesOf(server: ServerContext, view: View, finding: Finding): CodeAction[] {
  const { fix } = finding;
  // The files of a dump are not the text that is open.
  if (!fix || fix.edits.some(({ place }) => place.file.outer?.kind === 'dump')) return [];
  const isSafe = fix.safety === 'safe';
  return [
    {
      title: isSafe ? fix.title : `${fix.title} (may change what the server does)`,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(server, finding)],
      ...(isSafe && { isPreferred: true }),
      edit: editOf(server, view, fix),
    },
  ];
}

function editOf(server: ServerContext, view: View, fix: Fix): WorkspaceEdit {
  return workspaceEdit(
    server,
    fix.edits.map(({ place, text }) => {
      const { uri, range } = server.places.locationOf(place);
      const isOwn = view.isShown(placeInOuter(place).file.path);
      return { uri: isOwn ? view.document.uri : uri, edit: { range, newText: text } };
    }),
  );
}

function suppressionsOf(server: ServerContext, view: View, finding: Finding): CodeAction[] {
  const suppression = suppressionAt(view, finding);
  if (!suppression) return [];
  const { offset, before, reason, after } = suppression;
  const position = server.positions.positionAt(view.document, offset);
  const range = { start: position, end: position };
  const plain: TextEdit = { range, newText: before + reason + after };
  const action = {
    title: `Suppress ${finding.rule} here with a comment`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnosticOf(server, finding)],
  };
  if (!server.client.snippetEdits || !server.client.documentChanges)
    return [{ ...action, edit: workspaceEdit(server, [{ uri: view.document.uri, edit: plain }]) }];
  const snippet: SnippetTextEdit = {
    range,
    snippet: {
      kind: 'snippet',
      value: `${escapeSnippet(before)}\${1:${escapeSnippet(reason)}}${escapeSnippet(after)}`,
    },
  };
  const { uri, version } = view.document;
  return [{ ...action, edit: { documentChanges: [{ textDocument: { uri, version }, edits: [snippet] }] } }];
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, (sign) => `\\${sign}`);
}

async function fixAll(server: ServerContext, { document }: View): Promise<CodeAction[]> {
  const fixed = await server.workspace.fixed(document);
  if (fixed === undefined || fixed === document.getText()) return [];
  const { uri } = document;
  const edits = editsBetween(document, fixed, server.positions).map((edit) => ({ uri, edit }));
  return [
    {
      title: 'Fix all that proxylint can fix without changing what the server does',
      kind: fixAllKind,
      edit: workspaceEdit(server, edits),
    },
  ];
}

/** For the open documents with their versions, so that a client refuses edits of another text than it has. */
export function workspaceEdit(
  server: ServerContext,
  all: readonly { readonly uri: string; readonly edit: TextEdit }[],
): WorkspaceEdit {
  const byUri = [...groupBy(all, ({ uri }) => uri)].map(
    ([uri, placed]) => [uri, placed.map(({ edit }) => edit)] as const,
  );
  if (!server.client.documentChanges) return { changes: Object.fromEntries(byUri) };
  const versionOf = (uri: string): TextDocument['version'] | null => server.workspace.documentAt(uri)?.version ?? null;
  return {
    documentChanges: byUri.map(([uri, edits]) => ({ textDocument: { uri, version: versionOf(uri) }, edits })),
  };
}
