/** What a config serves, site by site: for reports that show findings beside what they are about. */
import { effectiveHeaders, type EffectiveHeaders } from './effective-headers.ts';
import { unknown, type Model, type VirtualHost } from './model.ts';
import {
  answersUnknownNames,
  hostText,
  listenerText,
  shownRoutes,
  type RouteRow,
  type RoutingTable,
} from './routing-table.ts';
import { headerOf, type Block, type Dialect } from '../syntax/tree.ts';
import { children } from '../syntax/walk.ts';
import { runsOf } from '../text/group-by.ts';
import type { Place, SourceFile } from '../text/source.ts';

export interface ConfigOverview {
  readonly dialect: Dialect;
  readonly path: string;
  /** The root file and those that it includes. */
  readonly files: readonly SourceFile[];
  /** In the order of the config. */
  readonly sites: readonly Site[];
}

/** A virtual host; of sslh neighbouring entries for the same names. */
export interface Site {
  readonly name: string;
  readonly listeners: readonly string[];
  readonly isDefault: boolean;
  readonly tls: boolean | undefined;
  /** Where it is written; undefined for the httpd main server and a fragment below this level. */
  readonly place: Place | undefined;
  /** All of its text in its file. */
  readonly extent: Place | undefined;
  /** Files that bring in parts of it. */
  readonly included: readonly SourceFile[];
  readonly routes: readonly SiteRoute[];
  /** Of responses to requests that no route takes; undefined: not known. */
  readonly elsewhere: EffectiveHeaders | undefined;
}

export interface SiteRoute {
  readonly row: RouteRow;
  /** Undefined for what hands connections on unread. */
  readonly headers: EffectiveHeaders | undefined;
}

export function overviewOf(model: Model, path: string, files: readonly SourceFile[]): ConfigOverview {
  return { dialect: model.dialect, path, files, sites: model.virtualHosts.map(siteOf) };
}

/** Of a server without a model. */
export function overviewOfRows({ dialect, path, rows }: RoutingTable, files: readonly SourceFile[]): ConfigOverview {
  const sites = runsOf(rows, ({ host, listeners }) => [host, ...listeners].join('\0')).map(({ items }) =>
    siteOfRows(items),
  );
  return { dialect, path, files, sites };
}

function siteOfRows(rows: readonly RouteRow[]): Site {
  const { host, listeners, place } = rows[0]!;
  const { end } = rows.at(-1)!.place;
  return {
    name: host,
    listeners,
    isDefault: rows.some(({ isDefault }) => isDefault),
    tls: undefined,
    place,
    extent: { ...place, end },
    included: [],
    routes: rows.map((row) => ({ row, headers: undefined })),
    elsewhere: undefined,
  };
}

function siteOf(host: VirtualHost): Site {
  const { directive, listeners, tls, scope } = host;
  return {
    name: hostText(host),
    listeners: listeners.map(listenerText),
    isDefault: answersUnknownNames(host),
    tls: tls.enabled === unknown ? undefined : tls.enabled,
    place: directive && headerOf(directive),
    extent: directive && { file: directive.parent.file, start: directive.start, end: directive.end },
    included: directive?.block ? includedIn(directive.block) : [],
    routes: shownRoutes(host).map(({ route, row }) => ({ row, headers: effectiveHeaders(route) })),
    elsewhere: effectiveHeaders({ scope, backend: undefined }),
  };
}

/** Each once. */
function includedIn(root: Block): SourceFile[] {
  const files = new Set<SourceFile>();
  // An explicit stack: the parsers bound the depth of a file, but included files add up.
  const stack: Block[] = [root];
  for (let block = stack.pop(); block; block = stack.pop())
    for (const { included, block: inner } of children(block)) {
      for (const { source } of included ?? []) files.add(source);
      if (inner) stack.push(inner);
    }
  return [...files];
}
