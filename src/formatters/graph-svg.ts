/** Draws boxes and what leads from one to the other, from left to right, as SVG. */
import { graphlib, layout } from '@dagrejs/dagre';
import { arrowSvg, boxSvg, pictureSvg } from './picture/boxes.ts';
import type { BoxKind } from './picture/palette.ts';
import { textBox, type TextBox } from './picture/text-box.ts';

interface Box {
  readonly kind: BoxKind;
  readonly box: TextBox;
}

const margin = 20;

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
      const box = textBox(text);
      this.#boxes.set(id, { kind, box });
      this.#graph.setNode(id, { width: box.width, height: box.height });
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
    const edges = graph.edges().map((edge: { v: string; w: string }) => arrowSvg(graph.edge(edge).points ?? []));
    const nodes = [...this.#boxes].map(([id, { kind, box }]) => {
      const { x, y } = graph.node(id);
      return boxSvg(kind, box, { x: x - box.width / 2, y: y - box.height / 2 });
    });
    return pictureSvg(this.#title, { width, height }, [...edges, ...nodes]);
  }
}
