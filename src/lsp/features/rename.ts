/** New names for variables, upstreams and the other things that a config names. */
import {
  LSPErrorCodes,
  ResponseError,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { spanInDocument } from '../cursor.ts';
import type { ServerContext } from '../context.ts';
import { languageOf } from '../languages/index.ts';
import { symbolsOf } from '../symbols.ts';
import { workspaceEdit } from './code-actions.ts';
import { cursorAt, type NamedCursor } from './navigation.ts';
import type { Occurrence } from '../occurrence.ts';

interface Renamable extends NamedCursor {
  readonly named: Occurrence;
}

/** Undefined where there is nothing that can be renamed: what nobody defines has its name from elsewhere. */
function renamable(at: NamedCursor | undefined): Renamable | undefined {
  if (!at?.named) return undefined;
  const isDefined = symbolsOf(at.cursor.config)
    .sameAs(at.named)
    .some(({ isDefinition }) => isDefinition);
  return isDefined ? { ...at, named: at.named } : undefined;
}

export async function prepareRename(
  server: ServerContext,
  params: PrepareRenameParams,
): Promise<{ range: Range; placeholder: string } | null> {
  const at = renamable(await cursorAt(server, params));
  if (!at) return null;
  const { view, cursor, named } = at;
  const range = server.positions.rangeOf(view.document, spanInDocument(cursor, named.place));
  return { range, placeholder: named.name };
}

/** Throws {@link ResponseError} with what is wrong about the name. */
export async function rename(server: ServerContext, params: RenameParams): Promise<WorkspaceEdit | null> {
  const at = renamable(await cursorAt(server, params));
  if (!at) return null;
  const { cursor, named } = at;
  const name = named.kind.endsWith('variable') ? params.newName.replace(/^\$/, '') : params.newName;
  const language = languageOf(cursor.config.dialect);
  const fault = language.faultOfName(named, name);
  if (fault !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, fault);
  const symbols = symbolsOf(cursor.config);
  const key = named.key === named.name ? name : name.toLowerCase();
  if (key !== named.key && symbols.sameAs({ kind: named.kind, key }).length > 0)
    throw new ResponseError(LSPErrorCodes.RequestFailed, `"${name}" is there already`);
  return workspaceEdit(
    server,
    symbols.sameAs(named).map(({ place }) => {
      const { uri, range } = server.places.locationOf(place);
      return { uri: server.workspace.documentAt(uri)?.uri ?? uri, edit: { range, newText: name } };
    }),
  );
}
