/** Draws boxes and what leads from one to the other, from left to right, as SVG. */
import { graphlib, layout } from '@dagrejs/dagre';
import { escapeControls } from './escape.ts';

/** What a box stands for decides its colour. */
export type BoxKind = 'listener' | 'host' | 'match' | 'action' | 'server';

interface Box {
  readonly kind: BoxKind;
  readonly lines: readonly string[];
}

const fontSize = 12;
const characterWidth = 7.3;
const lineHeight = 16;
const padding = 8;
const margin = 20;
/** Longer texts are broken, so that the columns stay narrow. */
const maxCharacters = 42;

export class GraphDrawing {
  readonly #title: string;
  readonly #graph = new graphlib.Graph();
  readonly #boxes = new Map<string, Box>();

  constructor(title: string) {
    this.#title = title;
    this.#graph.setGraph({ rankdir: 'LR', nodesep: 8, ranksep: 60, marginx: margin, marginy: margin });
    this.#graph.setDefaultEdgeLabel(() => ({}));
  }

  /** Once for an id. Gives the id. */
  box(id: string, kind: BoxKind, text: string): string {
    if (!this.#boxes.has(id)) {
      const lines = escapeControls(text).split('\n').flatMap(breakLines);
      const columns = Math.max(...lines.map((line) => line.length));
      this.#boxes.set(id, { kind, lines });
      this.#graph.setNode(id, {
        width: columns * characterWidth + 2 * padding,
        height: lines.length * lineHeight + padding,
      });
    }
    return id;
  }

  link(from: string, to: string): void {
    this.#graph.setEdge(from, to);
  }

  svg(): string {
    const graph = this.#graph;
    layout(graph);
    const { width = 2 * margin, height = 2 * margin } = graph.graph();
    const edges = graph.edges().map((edge: { v: string; w: string }) => edgeSvg(graph.edge(edge).points ?? []));
    const nodes = [...this.#boxes].map(([id, box]) => nodeSvg(graph.node(id), box));
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="${fontSize}">
<title>${this.#title}</title>
<rect width="100%" height="100%" fill="#fff"/>
${[...edges, ...nodes].join('\n')}
</svg>
`;
  }
}

function breakLines(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.match(/\S+\s*/g) ?? [text]) {
    if (line !== '' && line.length + word.length > maxCharacters) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
    while (line.length > maxCharacters) {
      lines.push(line.slice(0, maxCharacters));
      line = line.slice(maxCharacters);
    }
  }
  lines.push(line.trimEnd());
  return lines.filter((each, index) => each !== '' || index === 0);
}

const fills: Readonly<Record<BoxKind, string>> = {
  listener: '#e7edf5',
  host: '#dcefe0',
  match: '#fff6d9',
  action: '#f6e3e0',
  server: '#ece6f4',
};

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function nodeSvg({ x, y, width, height }: Placed, { kind, lines }: Box): string {
  const top = y - height / 2;
  const text = lines
    .map(
      (line, index) =>
        `<tspan x="${round(x)}" y="${round(top + padding / 2 + (index + 0.75) * lineHeight)}">${xml(line)}</tspan>`,
    )
    .join('');
  return `<g class="${kind}"><rect x="${round(x - width / 2)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" rx="4" fill="${fills[kind]}" stroke="#5b6470"/><text text-anchor="middle" fill="#1d2329">${text}</text></g>`;
}

function edgeSvg(points: readonly { readonly x: number; readonly y: number }[]): string {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join(' ');
  return `<path d="${path}" fill="none" stroke="#9aa3ad"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function xml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
