/** The routing table of a text, and a picture of it. */
import { formatRoutesAsSvg } from '../../../src/formatters/routes-svg.ts';
import type { RouteRow } from '../../../src/model/routing-table.ts';
import type { Routes, RoutesRequest, RouteView } from '../protocol.ts';
import { open, rangeOf } from './analysis.ts';

/** Rows of the table that are shown. */
const maxRows = 500;
/** Rows of the picture: more cannot be read, and take long to lay out. */
const maxDrawn = 150;

export async function routes(input: RoutesRequest): Promise<Routes> {
  const file = await open(input);
  const wanted = input.host.trim().toLowerCase();
  const all = await file.routes();
  const tables = all.map((table) => ({
    ...table,
    rows: table.rows.filter(({ host }) => host.toLowerCase().includes(wanted)),
  }));
  const rows = tables.flatMap((table) => table.rows);
  return {
    svg: rows.length > 0 && rows.length <= maxDrawn ? formatRoutesAsSvg(tables) : undefined,
    rows: rows.slice(0, maxRows).map(viewOf),
    total: rows.length,
  };
}

function viewOf({ listeners, host, match, action, upstream, access, place }: RouteRow): RouteView {
  return {
    listeners: listeners.join(', '),
    host,
    match,
    action: upstream.length > 0 ? `${action} (${upstream.join(', ')})` : action,
    access,
    line: (place.file.outerPositionAt(place.start) ?? place.file.positionAt(place.start)).line,
    from: rangeOf(place).from,
  };
}
