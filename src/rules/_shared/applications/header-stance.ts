/** What the contract of an application says of a header that the rules about all backends ask for. */
import { describeRange, holdsFor } from '../../../facts/applications/versions.ts';
import type { HeadersNeed, Need } from '../../../facts/applications/types.ts';
import type { ProxyRoute } from '../backends.ts';
import { evidenceOf, type Site } from './sites.ts';

/**
 * `needed`: it reads the header; `formerly`: old versions did; `unneeded`: it has no use for it, or wants another value.
 */
export interface HeaderStance {
  readonly stance: 'needed' | 'formerly' | 'unneeded';
  readonly site: Site;
  readonly need: Need;
}

/** Undefined where the route leads to no application that is known, or nothing is known of the header. `name`: in lower case. */
export function headerStance(sites: readonly Site[], route: ProxyRoute, name: string): HeaderStance | undefined {
  const site = sites.find(({ routes }) => routes.includes(route));
  if (!site) return undefined;
  const holding = site.application.needs.filter(({ versions }) => holdsFor(versions, site.version) !== 'no');
  const unneeded = holding.find((need) => need.about === 'not-needed' && need.what.includes(name));
  const asking = holding.filter(
    (need): need is HeadersNeed => need.about === 'headers' && valueIn(need, name) !== undefined,
  );
  const need = asking.find(({ strength }) => strength === 'breaks') ?? asking[0];
  if (need && valueIn(need, name) === 'backend') return { stance: 'unneeded', site, need };
  if (need && holdsFor(need.versions, site.version) === 'maybe') return { stance: 'formerly', site, need };
  if (need && !unneeded) return { stance: 'needed', site, need };
  return unneeded && { stance: 'unneeded', site, need: unneeded };
}

function valueIn({ values }: HeadersNeed, name: string): string | undefined {
  return Object.entries(values).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** How a finding of such a rule changes; undefined: it falls away. */
export function colouredBy(
  told: HeaderStance | undefined,
  why: string,
): { severity?: 'info'; why?: string } | undefined {
  if (!told) return {};
  const { stance, site, need } = told;
  if (stance === 'unneeded') return undefined;
  const evidence = evidenceOf(site);
  if (stance === 'needed') return { why: `${why} ${evidence} ${need.fact}` };
  const { name } = site.application;
  return { severity: 'info', why: `Only ${name} ${describeRange(need.versions!)} needs it. ${evidence} ${need.fact}` };
}
