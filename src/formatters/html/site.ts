/** One site: its findings, what it does with requests. */
import type { Site } from '../../model/overview.ts';
import type { Dialect } from '../../syntax/tree.ts';
import type { Finding } from '../../rules/finding.ts';
import { markup, type Markup } from '../markup.ts';
import { plural } from '../plural.ts';
import { placeText, rulesOf } from './finding.ts';
import { routesOf } from './routes.ts';

export interface ShownSite {
  /** Of its element. */
  readonly id: string;
  readonly title: string;
  readonly site: Site | undefined;
  readonly dialect: Dialect | undefined;
  readonly findings: readonly Finding[];
}

/** `isOpen`: the routes are shown at once. */
export function siteSection({ id, title, site, dialect, findings }: ShownSite, isOpen: boolean): Markup {
  return markup`<section class="site" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${title} <span class="count">${counted(findings.length)}</span></h3>
${site && about(site)}${rulesOf(findings)}${
    site &&
    dialect &&
    markup`<details class="routes"${isOpen && markup` open`}><summary>Routes and headers <span class="quiet">${plural(site.routes.length, 'route')}</span></summary>
${routesOf(site, dialect)}</details>
`
  }</section>
`;
}

export function counted(findings: number): string {
  return findings === 0 ? 'no findings' : plural(findings, 'finding');
}

function about({ listeners, isDefault, place }: Site): Markup {
  const parts = [
    listeners.length > 0 ? `on ${listeners.join(', ')}` : 'on any address',
    ...(isDefault ? ['answers unknown names'] : []),
    ...(place ? [placeText(place)] : []),
  ];
  return markup`<p class="where">${parts.join(' · ')}</p>
`;
}
