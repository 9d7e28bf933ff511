/** `proxylint routes --format svg`, and the same picture as a part of a page. */
import type { RoutingTable } from '../model/routing-table.ts';
import { markup, type Markup } from './markup.ts';
import { arrowSvg, boxSvg, pictureSvg } from './picture/boxes.ts';
import { headingHeight, layoutRoutes, margin, type RoutesLayout } from './picture/routes-layout.ts';
import { fontSize } from './picture/text-box.ts';

export function formatRoutesAsSvg(tables: readonly RoutingTable[]): string {
  const layout = layoutRoutes(tables);
  return pictureSvg('Routes', layout, contentOf(layout));
}

/** For a page that has the colours, the arrow tip and its own name for what is shown. */
export function routesFigure(table: RoutingTable, label: string): Markup {
  const layout = layoutRoutes([table], false);
  const { width, height } = layout;
  return markup`<svg class="picture" role="img" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-size="${fontSize}">
${contentOf(layout)}</svg>`;
}

function contentOf({ width, headings, titles, boxes, arrows }: RoutesLayout): Markup[] {
  return [
    ...headings.map(({ kind, text, y }) => {
      const indent = kind === 'file' ? 0 : margin / 2;
      return markup`<rect class="band" x="${indent}" y="${y}" width="${width - 2 * indent}" height="${headingHeight}"/><text x="${margin}" y="${y + 17}">${text}</text>
`;
    }),
    ...titles.map(
      ({ text, x, y }) => markup`<text class="title" x="${x}" y="${y + 13}">${text}</text>
`,
    ),
    ...arrows.map(arrowSvg),
    ...boxes.map((placed) => boxSvg(placed.kind, placed.box, placed)),
  ];
}
