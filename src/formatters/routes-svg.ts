/** `proxylint routes --format svg`: listeners, virtual hosts, routes and backends from left to right. */
import type { RoutingTable } from '../model/routing-table.ts';
import { GraphDrawing, type BoxKind } from './graph-svg.ts';

export function formatRoutesAsSvg(tables: readonly RoutingTable[]): string {
  const drawing = new GraphDrawing('Routes');
  for (const [index, table] of tables.entries()) addTable(drawing, table, index);
  return drawing.svg();
}

function addTable(drawing: GraphDrawing, { rows }: RoutingTable, table: number): void {
  const box = (kind: BoxKind, scope: string, text: string): string =>
    drawing.box(`${table}\0${kind}\0${scope}\0${text}`, kind, text);
  for (const row of rows) {
    const scope = row.listeners.join();
    const host = box('host', scope, row.host);
    for (const listener of row.listeners) drawing.link(box('listener', '', listener), host);
    const match = box('match', `${scope}\0${row.host}`, row.match);
    const action = box('action', row.action.startsWith('proxy') ? '' : `${scope}\0${row.host}`, row.action);
    drawing.link(host, match);
    drawing.link(match, action);
    for (const server of row.upstream) drawing.link(action, box('server', '', server));
  }
}
