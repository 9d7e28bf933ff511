/** The routing table, with a picture. */
import { element } from '../dom.ts';
import type { Range, Routes } from '../protocol.ts';

export function showRoutes(panel: HTMLElement, { svg, rows, total }: Routes, goTo: (range: Range) => void): void {
  if (total === 0) {
    panel.replaceChildren(element('p', { class: 'empty' }, 'There are no routes here.'));
    return;
  }
  const head = ['Listener', 'Host', 'Match', 'Action', 'Access', 'Line'];
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element(
      'tbody',
      {},
      ...rows.map(({ listeners, host, match, action, access, line, from }) =>
        element(
          'tr',
          {},
          ...[listeners, host, match, action, access].map((text) => element('td', {}, text)),
          element(
            'td',
            {},
            element('button', { class: 'line', onclick: () => goTo({ from, to: from }) }, String(line)),
          ),
        ),
      ),
    ),
  );
  const cut =
    rows.length < total ? `The first ${rows.length} of ${total} routes; name a host to see others.` : undefined;
  const large = svg === undefined ? 'Too many routes for a picture: name a host to see its own.' : undefined;
  panel.replaceChildren(
    ...[large, cut].flatMap((text) => (text === undefined ? [] : [element('p', { class: 'hint' }, text)])),
    ...(svg === undefined ? [] : [pictureOf(svg)]),
    element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Routing table' }, table),
  );
}

/** As an image: whatever is written in it, nothing of it runs. */
function pictureOf(svg: string): HTMLElement {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const image = element('img', {
    src: url,
    alt: 'Listeners, hosts, routes and backends; the table below says the same',
    onload: () => URL.revokeObjectURL(url),
  });
  return element(
    'div',
    { class: 'picture', tabindex: '0', role: 'region', 'aria-label': 'Picture of the routes' },
    image,
  );
}
