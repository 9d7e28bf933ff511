import type { Connection } from 'vscode-languageserver';
import type { Client } from './client.ts';
import type { LspHost } from './host.ts';
import type { Places } from './places.ts';
import type { Positions } from './positions.ts';
import type { Workspace } from './workspace.ts';

/** What a feature may ask that only looks at texts; there need be no connection for it. */
export interface TextContext {
  readonly workspace: Workspace;
  readonly places: Places;
  /** Of the session with this client; valid from `initialize` on. */
  readonly client: Client;
  readonly positions: Positions;
}

/** What each feature may ask. */
export interface ServerContext extends TextContext {
  readonly host: LspHost;
  readonly connection: Connection;
}
