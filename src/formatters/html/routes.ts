/** What one site does with requests: the picture, and the headers of each route. */
import { directiveText, type EffectiveHeaders } from '../../model/effective-headers.ts';
import { unknown, type HeaderOp } from '../../model/model.ts';
import type { Site, SiteRoute } from '../../model/overview.ts';
import { headerOf, type Dialect, type Directive } from '../../syntax/tree.ts';
import { markup, type Markup } from '../markup.ts';
import { locate } from '../report.ts';
import { routesFigure } from '../routes-svg.ts';

/** `dialect` of the config. */
export function routesOf(site: Site, dialect: Dialect): Markup {
  const { name, routes } = site;
  const table = { dialect, path: '', rows: routes.map(({ row }) => row) };
  return markup`${
    routes.length > 0 &&
    markup`<figure class="scroll" tabindex="0" role="group" aria-label="Routes of ${name}">
${routesFigure(table, `Routes of ${name}`)}
</figure>
`
  }${headersOf(site)}`;
}

function headersOf({ name, routes, elsewhere }: Site): Markup | undefined {
  const rows = [
    ...routes.map(routeRow),
    ...(elsewhere && routes.every(({ row }) => row.match !== '(all)')
      ? [headerRow('(no route takes it)', undefined, elsewhere)]
      : []),
  ];
  if (routes.every(({ headers }) => headers === undefined) && elsewhere === undefined) return undefined;
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="Headers of ${name}"><table>
<caption>Effective headers</caption>
<thead><tr><th scope="col">Route</th><th scope="col">Added to responses</th><th scope="col">Sent to the backend</th></tr></thead>
<tbody>
${rows}</tbody></table></div>
`;
}

function routeRow({ row, headers }: SiteRoute): Markup {
  return headerRow(row.match, locate(row.place).start.line, headers);
}

function headerRow(match: string, line: number | undefined, headers: EffectiveHeaders | undefined): Markup {
  if (!headers)
    return markup`<tr><th scope="row">${match}</th><td></td><td></td></tr>
`;
  const { response, backend, lost, certainty } = headers;
  return markup`<tr><th scope="row">${match}${line !== undefined && markup` <span class="quiet">line ${line}</span>`}${certaintyNote(certainty)}</th><td>${listed(response.map(responseItem))}</td><td>${
    backend ? listed([...backendItems(backend), ...lost.map(lostItem)]) : markup`<span class="quiet">no backend</span>`
  }</td></tr>
`;
}

function certaintyNote(certainty: EffectiveHeaders['certainty']): Markup | undefined {
  if (certainty === 'known') return undefined;
  const text =
    certainty === 'unread' ? 'what was not read may change them' : 'the surroundings of this fragment may change them';
  return markup` <span class="quiet">${text}</span>`;
}

function listed(items: readonly Markup[]): Markup {
  return items.length === 0 ? markup`<span class="quiet">none</span>` : markup`<ul>${items}</ul>`;
}

function responseItem(directive: Directive): Markup {
  return markup`<li><code>${directiveText(directive)}</code>${origin(directive)}</li>`;
}

/** Servers drop several headers by themselves: a line for all of them. */
function backendItems(headers: readonly HeaderOp[]): Markup[] {
  const isDropped = ({ action, origin: from }: HeaderOp): boolean => action === 'unset' && from === 'default';
  const dropped = headers.filter(isDropped).map(({ name }) => name);
  return [
    ...headers.filter((header) => !isDropped(header)).map(backendItem),
    ...(dropped.length > 0
      ? [markup`<li class="quiet">by default not sent: <code>${dropped.join(', ')}</code></li>`]
      : []),
  ];
}

function backendItem({ name, action, value, origin: from }: HeaderOp): Markup {
  const shown =
    action === 'unset'
      ? markup`<i>not sent</i>`
      : value === unknown
        ? markup`<i>not known</i>`
        : markup`<code>${value}</code>`;
  const how = action === 'add' || action === 'append' ? markup` <i>beside what the client sent</i>` : undefined;
  return markup`<li><code>${name}:</code> ${shown}${how}${origin(from)}</li>`;
}

function lostItem(header: HeaderOp): Markup {
  return markup`<li><del><code>${header.name}</code></del> <i>set outside, and dropped here</i>${origin(header.origin)}</li>`;
}

function origin(from: Directive | 'default'): Markup {
  if (from === 'default') return markup` <span class="quiet">by default</span>`;
  const { file, start } = locate(headerOf(from));
  return markup` <span class="quiet">${file.slice(file.lastIndexOf('/') + 1)}:${start.line}</span>`;
}
