/** `proxylint routes` as a table, as JSON and as a Mermaid flow chart. */
import type { RouteRow, RoutingTable } from '../model/routing-table.ts';
import { groupBy, runsOf } from '../text/group-by.ts';
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

/** A frame for the hosts of the same listeners; what hosts hand requests on to stands once a config. */
export function formatRoutesAsMermaid(tables: readonly RoutingTable[]): string {
  const chart = new Chart();
  for (const { path, rows } of tables) {
    for (const [listeners, own] of groupBy(rows, (row) => row.listeners.join(', '))) {
      chart.frame(tables.length > 1 ? `${path}: ${listeners}` : listeners);
      for (const { key, items } of runsOf(own, ({ host, isDefault }) => (isDefault ? `${host} *` : host)))
        addHost(chart, `${path}\0${listeners}\0${key}`, key, items);
    }
  }
  return chart.toString();
}

function addHost(chart: Chart, scope: string, text: string, rows: readonly RouteRow[]): void {
  const host = chart.hostNode(scope, text);
  for (const { match, action, upstream, place } of rows) {
    const isShared = upstream.length > 0 || action.startsWith('proxy ');
    const end = chart.node(`${isShared ? place.file.path : scope}\0${action}`, action, '[', ']');
    chart.link(host, end, `-->|"${label(match)}"|`);
    for (const server of upstream)
      chart.link(end, chart.node(`${place.file.path}\0server ${server}`, server, '[(', ')]'));
  }
}

class Chart {
  readonly #framed: string[] = [];
  readonly #lines = new Set<string>();
  readonly #ids = new Map<string, string>();
  #frames = 0;

  frame(title: string): void {
    if (this.#frames > 0) this.#framed.push('  end');
    this.#framed.push(`  subgraph g${this.#frames++}["${label(title) || 'any address'}"]`, '    direction LR');
  }

  hostNode(key: string, text: string): string {
    return this.#id(`host ${key}`, (id) => this.#framed.push(`    ${id}(["${label(text)}"])`));
  }

  node(key: string, text: string, open: string, close: string): string {
    return this.#id(`node ${key}`, (id) => this.#lines.add(`  ${id}${open}"${label(text)}"${close}`));
  }

  link(from: string, to: string, arrow = '-->'): void {
    this.#lines.add(`  ${from} ${arrow} ${to}`);
  }

  toString(): string {
    const frames = this.#frames > 0 ? [...this.#framed, '  end'] : [];
    return disarmCommands(`${['flowchart LR', ...frames, ...this.#lines].join('\n')}\n`);
  }

  #id(key: string, declare: (id: string) => void): string {
    let id = this.#ids.get(key);
    if (id === undefined) {
      this.#ids.set(key, (id = `n${this.#ids.size}`));
      declare(id);
    }
    return id;
  }
}

/** Characters with a meaning in Mermaid become character codes. */
function label(text: string): string {
  return escapeControls(text).replace(/["#;<>|`\\{}[\]()]/g, (character) => `#${character.charCodeAt(0)};`);
}
