/** How rules about applications go through a config: over the applications behind it, and over what their contracts ask for. */
import type { Need } from '../../../facts/applications/types.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { RuleContext, Visitor } from '../../define-rule.ts';
import { needsOf, type NeedAbout } from './needs.ts';
import { sitesOf, type Site } from './sites.ts';

type Sighted = Pick<RuleContext<never>, 'config' | 'model' | 'applications'>;

/** Checks every application that stands behind the config, once all of it was seen. */
export function eachSite(context: Sighted, check: (site: Site) => void): Visitor {
  return {
    async end() {
      for (const site of await sitesOf(context)) check(site);
    },
  };
}

/** A check of an item of a contract; `seen` holds what was told of the application already. */
export type CheckNeed<About extends Need['about']> = (site: Site, need: NeedAbout<About>, seen: Set<Directive>) => void;

/** Checks the items of one kind of every application, the wanted ones. */
export function eachNeed<About extends Need['about']>(
  context: Sighted,
  about: About,
  isWanted: (need: NeedAbout<About>) => boolean,
  check: CheckNeed<About>,
): Visitor {
  return eachSite(context, (site) => {
    const seen = new Set<Directive>();
    for (const need of needsOf(site, about)) if (isWanted(need)) check(site, need, seen);
  });
}
