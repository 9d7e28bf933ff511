/**
 * Where the boxes of a routing picture stand: from left to right the virtual host, what it tells apart, what it does, and who is behind
 * that; from top to bottom as the config has them, with the routes of a host that do the same beside each other. No line crosses another one.
 */
import type { RouteRow, RoutingTable } from '../../model/routing-table.ts';
import { groupBy, runsOf } from '../../text/group-by.ts';
import { plural } from '../plural.ts';
import type { Corner } from './boxes.ts';
import type { BoxKind } from './palette.ts';
import { textBox, type TextBox } from './text-box.ts';

/** `section`: begins what certain listeners answer; `file`: begins a config. */
export interface Heading {
  readonly kind: 'file' | 'section';
  readonly text: string;
  readonly y: number;
}

export interface PlacedBox extends Corner {
  readonly kind: BoxKind;
  readonly box: TextBox;
}

export interface RoutesLayout {
  readonly width: number;
  readonly height: number;
  readonly headings: readonly Heading[];
  readonly titles: readonly { readonly text: string; readonly x: number; readonly y: number }[];
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly (readonly Corner[])[];
}

export const margin = 20;
export const headingHeight = 26;
const titleHeight = 22;
const gap = 6;
const hostGap = 14;
const sectionGap = 18;
const columnGap = 48;
const columns = ['Host', 'Match', 'Action', 'Servers'] as const;
const maxServers = 12;

/** Routes of one host that do the same. */
interface Branch {
  readonly matches: readonly TextBox[];
  readonly kind: BoxKind;
  readonly action: TextBox;
  readonly servers: TextBox | undefined;
}

interface Host {
  readonly box: TextBox;
  readonly branches: readonly Branch[];
}

interface Section {
  readonly heading: string;
  readonly hosts: readonly Host[];
}

interface Part {
  readonly path: string;
  readonly sections: readonly Section[];
}

/** In time that grows as the number of rows. With `namesFiles` each config begins with its name. */
export function layoutRoutes(tables: readonly RoutingTable[], namesFiles = true): RoutesLayout {
  const parts = tables.map(({ path, rows }) => ({ path, sections: sectionsOf(rows) }));
  const drawing = new Drawing(lefts(parts));
  for (const { path, sections } of parts) {
    if (namesFiles) drawing.heading('file', path);
    for (const section of sections) drawing.section(section);
  }
  return drawing.layout();
}

function sectionsOf(rows: readonly RouteRow[]): Section[] {
  const byListeners = groupBy(rows, ({ listeners }) => listeners.join(', '));
  return [...byListeners].map(([listeners, own]) => {
    const hosts = hostsOf(own);
    const heading = `${listeners === '' ? 'any address' : listeners} (${plural(hosts.length, 'host')})`;
    return { heading, hosts };
  });
}

function hostsOf(rows: readonly RouteRow[]): Host[] {
  return runsOf(rows, ({ host, isDefault }) => `${isDefault ? '* ' : ''}${host}`).map(({ key, items }) => {
    const byAction = groupBy(items, ({ action, upstream }) => [action, ...upstream].join('\0'));
    return { box: textBox(key), branches: [...byAction.values()].map(branchOf) };
  });
}

function branchOf(rows: readonly RouteRow[]): Branch {
  const { action, upstream } = rows[0]!;
  const matches = rows.map(({ match, access }) => textBox(access === 'all' ? match : `${match}\n${access}`));
  return { matches, kind: kindOf(action), action: textBox(action), servers: serversOf(upstream) };
}

function serversOf(upstream: readonly string[]): TextBox | undefined {
  if (upstream.length === 0) return undefined;
  const shown = upstream.length > maxServers ? upstream.slice(0, maxServers - 1) : upstream;
  const rest = upstream.length - shown.length;
  return textBox([...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n'));
}

function kindOf(action: string): BoxKind {
  const [verb] = action.split(' ');
  if (verb === 'redirect') return 'redirect';
  if (verb === 'return' || verb === 'deny') return 'deny';
  return verb === 'files' || verb === 'unknown' ? 'other' : 'proxy';
}

/** The left edge of each column, and the right one of the last. */
function lefts(parts: readonly Part[]): number[] {
  const widths = columns.map(() => 0);
  const grow = (column: number, box: TextBox | undefined): void => {
    if (box && box.width > widths[column]!) widths[column] = box.width;
  };
  for (const { sections } of parts)
    for (const { hosts } of sections)
      for (const { box, branches } of hosts) {
        grow(0, box);
        for (const { matches, action, servers } of branches) {
          for (const match of matches) grow(1, match);
          grow(2, action);
          grow(3, servers);
        }
      }
  const edges = [margin];
  for (const width of widths.filter((each) => each > 0)) edges.push(edges.at(-1)! + width + columnGap);
  return edges;
}

/** Takes one thing after the other, from top to bottom. */
class Drawing {
  readonly #lefts: readonly number[];
  readonly #headings: Heading[] = [];
  readonly #titles: { text: string; x: number; y: number }[] = [];
  readonly #boxes: PlacedBox[] = [];
  readonly #arrows: (readonly Corner[])[] = [];
  #y = margin;
  #widest = 0;

  constructor(edges: readonly number[]) {
    this.#lefts = edges;
  }

  heading(kind: Heading['kind'], text: string): void {
    const { lines, width } = textBox(text);
    this.#headings.push({ kind, text: lines.join(''), y: this.#y });
    this.#widest = Math.max(this.#widest, width);
    this.#y += headingHeight + gap;
  }

  section({ heading, hosts }: Section): void {
    this.heading('section', heading);
    const used = this.#lefts.length - 1;
    for (const [column, text] of columns.slice(0, used).entries())
      this.#titles.push({ text, x: this.#lefts[column]!, y: this.#y });
    this.#y += titleHeight;
    for (const host of hosts) {
      this.#host(host);
      this.#y += hostGap;
    }
    this.#y += sectionGap - hostGap;
  }

  layout(): RoutesLayout {
    return {
      width: Math.max(this.#lefts.at(-1)! - columnGap, this.#widest + margin) + margin,
      height: this.#y + margin,
      headings: this.#headings,
      titles: this.#titles,
      boxes: this.#boxes,
      arrows: this.#arrows,
    };
  }

  #host({ box, branches }: Host): void {
    const host = this.#place('host', 0, box, this.#y);
    for (const branch of branches) this.#branch(host, branch);
    this.#y = Math.max(this.#y, host.y + box.height + gap);
  }

  #branch(host: PlacedBox, { matches, kind, action, servers }: Branch): void {
    const top = this.#y;
    const placed = matches.map((match) => {
      const at = this.#place('match', 1, match, this.#y);
      this.#y += match.height + gap;
      this.#arrow(host, at, 1);
      return at;
    });
    const target = this.#place(kind, 2, action, top);
    for (const match of placed) this.#arrow(match, target, 2);
    if (servers) this.#arrow(target, this.#place('server', 3, servers, top), 3);
    this.#y = Math.max(this.#y, top + Math.max(action.height, servers?.height ?? 0) + gap);
  }

  #place(kind: BoxKind, column: number, box: TextBox, y: number): PlacedBox {
    const placed = { kind, box, x: this.#lefts[column]!, y };
    this.#boxes.push(placed);
    return placed;
  }

  /** To the column, in the gap before which the line turns. */
  #arrow(from: PlacedBox, to: PlacedBox, column: number): void {
    const turn = this.#lefts[column]! - columnGap / 2;
    const [start, end] = [anchor(from), anchor(to)];
    const bends =
      start === end
        ? []
        : [
            { x: turn, y: start },
            { x: turn, y: end },
          ];
    this.#arrows.push([{ x: from.x + from.box.width, y: start }, ...bends, { x: to.x, y: end }]);
  }
}

/** The height at which lines begin and end: the middle of the first line of text. */
function anchor({ y }: PlacedBox): number {
  return y + 12;
}
