/** What missing-websocket-upgrade says where it is known which application stands behind a route. */
import type { Site } from '../_shared/applications/sites.ts';
import { isProposal, needsOf, type Said } from '../_shared/applications/needs.ts';
import type { RuleContext } from '../define-rule.ts';
import { playSockets, routeOfOtherVersion, type LostSocket, type Sockets } from '../_shared/applications/sockets.ts';
import { upgradeFix } from './_websocket-gaps.ts';

type Asking = Pick<RuleContext<never>, 'config' | 'model' | 'targets'>;

export class KnownSockets {
  readonly #asking: Asking;
  readonly #say: (said: Said<'application'>) => void;
  readonly #judged = new Map<Site, boolean>();
  /** Applications of which no WebSocket is passed on. */
  missing = 0;

  constructor(asking: Asking, say: (said: Said<'application'>) => void) {
    this.#asking = asking;
    this.#say = say;
  }

  /** Judges an application once; false where nothing can be said of it, so that the routes are judged as those of any backend. */
  judges(site: Site | undefined): boolean {
    if (!site) return false;
    let result = this.#judged.get(site);
    if (result === undefined) this.#judged.set(site, (result = this.#judge(site)));
    return result;
  }

  #judge(site: Site): boolean {
    const needs = needsOf(site, 'websocket');
    // Its documentation passes upgrades on, and nothing breaks without.
    if (needs.length > 0 && needs.every(isProposal)) return true;
    if (site.routes.some(({ backend }) => backend.websocket.state === 'partial')) return false;
    const sockets = playSockets(this.#asking, site);
    if (!sockets.any) return site.application.kind !== 'framework';
    if (sockets.lost.length + sockets.passing.length === 0) return false;
    if (sockets.lost.length > 0 && sockets.passing.length === 0) this.missing++;
    for (const lost of sockets.lost) {
      // A finding of application-websocket.
      if (!routeOfOtherVersion(this.#asking, site, lost)) this.#report(site, lost, sockets);
    }
    return true;
  }

  #report(site: Site, { need, arrival: { route, path } }: LostSocket, { passing }: Sockets): void {
    // Another protocol than WebSocket is lost there: a finding of application-websocket, too.
    const { websocket, certainty } = route.backend;
    if (websocket.state === 'full' || websocket.state === 'unknown' || certainty === 'unread') return;
    const [other] = passing;
    this.#say({
      site,
      need,
      message: 'application',
      at: route.handler.directive,
      data: { path },
      related: other ? [{ at: other.directive, message: 'other WebSockets of it are passed on here' }] : [],
      ...upgradeFix(route, this.#asking.targets),
    });
  }
}
