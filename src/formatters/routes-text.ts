/** `proxylint routes` as a table, as JSON and as a Mermaid flow chart. */
import type { RouteRow, RoutingTable } from '../model/routing-table.ts';
import { disarmCommands, escapeControls, escapeJson } from './escape.ts';
import { locate } from './report.ts';

export function formatRoutesAsTable(tables: readonly RoutingTable[]): string {
  const texts = tables.map((table) => `${escapeControls(table.path)} (${table.dialect})\n${tableText(table.rows)}`);
  return disarmCommands(texts.join('\n'));
}

const titles = ['LISTENER', 'HOST', 'MATCH', 'ACTION', 'UPSTREAM', 'ACCESS', 'LINE'] as const;
/** A longer cell is cut, so that a row stays a line. */
const maxCell = 48;

function tableText(rows: readonly RouteRow[]): string {
  if (rows.length === 0) return '  no routes\n';
  const cells = rows.map((row, index) => {
    const previous = rows[index - 1];
    const listeners = row.listeners.join(', ') || '(any)';
    const sameHost =
      previous?.host === row.host &&
      previous.isDefault === row.isDefault &&
      previous.listeners.join() === row.listeners.join();
    const host = row.isDefault ? `${row.host} *` : row.host;
    const head = sameHost ? ['', ''] : [listeners, host];
    return [
      ...head,
      row.match,
      row.action,
      row.upstream.join(', '),
      row.access,
      String(locate(row.place).start.line),
    ].map(cut);
  });
  const widths = titles.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]!.length)));
  return [titles, ...cells]
    .map(
      (row) =>
        `  ${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function cut(text: string): string {
  const escaped = escapeControls(text);
  return escaped.length > maxCell ? `${escaped.slice(0, maxCell - 1)}…` : escaped;
}

/** Version 1: stable, additions only. See docs/trace.md. */
export function formatRoutesAsJson(tables: readonly RoutingTable[], version: string): string {
  const document = {
    schemaVersion: 1,
    tool: { name: 'proxylint', version },
    configs: tables.map((table) => ({
      file: table.path,
      dialect: table.dialect,
      routes: table.rows.map(({ place, tls, ...row }) => {
        const { file, start } = locate(place);
        return { ...row, tls: tls ?? null, file, line: start.line, column: start.column };
      }),
    })),
  };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

export function formatRoutesAsMermaid(tables: readonly RoutingTable[]): string {
  const lines = ['flowchart LR'];
  const ids = new Map<string, string>();
  const node = (scope: string, text: string, open: string, close: string): string => {
    const key = `${scope}\0${text}`;
    let id = ids.get(key);
    if (!id) {
      ids.set(key, (id = `n${ids.size}`));
      lines.push(`  ${id}${open}"${label(text)}"${close}`);
    }
    return id;
  };
  for (const [index, { rows }] of tables.entries()) {
    for (const row of rows) {
      const host = node(`${index} host ${row.listeners.join()}`, row.host, '([', '])');
      for (const listener of row.listeners) link(lines, node(`${index}`, listener, '[[', ']]'), host);
      const action = node(`${index} action`, row.action, '[', ']');
      lines.push(`  ${host} -->|"${label(row.match)}"| ${action}`);
      for (const server of row.upstream) link(lines, action, node(`${index} server`, server, '[(', ')]'));
    }
  }
  return `${lines.join('\n')}\n`;
}

function link(lines: string[], from: string, to: string): void {
  const line = `  ${from} --> ${to}`;
  if (!lines.includes(line)) lines.push(line);
}

/** Characters with a meaning in Mermaid become character codes. */
function label(text: string): string {
  return escapeControls(text).replace(/["#;<>|`\\{}[\]()]/g, (character) => `#${character.charCodeAt(0)};`);
}
