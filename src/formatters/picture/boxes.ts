/** Parts of a picture as SVG. */
import { disarmCommands } from '../escape.ts';
import { markup, trusted, type Markup } from '../markup.ts';
import { standaloneStyle, type BoxKind } from './palette.ts';
import { fontSize, lineHeight, padding, type TextBox } from './text-box.ts';

export interface Corner {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box with its text, by the upper left corner. */
export function boxSvg(kind: BoxKind, { lines, width, height }: TextBox, { x, y }: Corner): Markup {
  const texts = lines.map((line, index) => {
    return markup`<text x="${padding}" y="${round(padding / 2 + (index + 0.75) * lineHeight)}">${line}</text>`;
  });
  return markup`<g class="${kind}" transform="translate(${round(x)} ${round(y)})"><rect width="${width}" height="${height}" rx="4"/>${texts}</g>
`;
}

/** A line along the points, with an arrow at its end. */
export function arrowSvg(points: readonly Corner[]): Markup {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
  return markup`<path class="edge" d="${path}" marker-end="url(#tip)"/>
`;
}

/** The whole of a picture that stands by itself. */
export function pictureSvg(title: string, { width, height }: Size, content: readonly Markup[]): string {
  const [across, down] = [Math.ceil(width), Math.ceil(height)];
  const svg = markup`<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="0 0 ${across} ${down}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="${fontSize}">
<title>${title}</title>
<style>${trusted(standaloneStyle)}</style>
${arrowTip}<rect class="page" width="100%" height="100%"/>
${content}</svg>
`;
  return disarmCommands(svg.toString());
}

/** Stands once in each document. */
export const arrowTip = markup`<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>
`;

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
