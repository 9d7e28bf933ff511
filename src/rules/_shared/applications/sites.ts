/** Which backends of a config are applications that are known, and how sure that is. */
import type { Application } from '../../../facts/applications/types.ts';
import type { Model, VirtualHost } from '../../../model/model.ts';
import type { Version } from '../../../model/versions.ts';
import type { RuleContext } from '../../define-rule.ts';
import { isSite, routesByBackend, type ProxyRoute } from '../backends.ts';
import { CommentSigns } from './comment-signs.ts';
import { routesToFurtherPorts } from './further-ports.ts';
import { toldBySetting } from './settings.ts';
import { signsOfBackend, signsOfPaths, signsOfPorts, strongest, type Sign } from './signs.ts';
import { Surroundings, mainOf, weigh } from './surroundings.ts';

/** `told`: by the user; `likely`: by several signs; `probable`: by one that is strong. */
export type Sureness = 'told' | 'likely' | 'probable';

/** An application behind a virtual host. */
export interface Site {
  readonly host: VirtualHost;
  /** Those that lead to it. */
  readonly routes: readonly [ProxyRoute, ...ProxyRoute[]];
  readonly application: Application;
  /** Undefined: not known. */
  readonly version: Version | undefined;
  readonly sureness: Sureness;
  /** What it was recognised by; empty where it was told. */
  readonly signs: readonly Sign[];
  /** The path that the application stands below, without a slash at its end; empty at the root. */
  readonly base: string;
}

interface Recognised {
  readonly host: VirtualHost;
  readonly routes: readonly ProxyRoute[];
  readonly id: string;
  readonly version: Version | undefined;
  readonly sureness: Sureness;
  readonly signs: readonly Sign[];
}

const known = new WeakMap<Model, Promise<readonly Site[]>>();

type Context = Pick<RuleContext<never>, 'config' | 'model' | 'applications'>;

/** The contracts are loaded only where one is needed. */
export function sitesOf(context: Context): Promise<readonly Site[]> {
  let sites = known.get(context.model);
  if (!sites) known.set(context.model, (sites = findSites(context)));
  return sites;
}

async function findSites(context: Context): Promise<readonly Site[]> {
  const recognised = recognise(context);
  if (recognised.length === 0) return [];
  const { applications } = await import('../../../facts/applications/catalogue.gen.ts');
  const byId = new Map(applications.map((application) => [application.id, application]));
  const taken = new Set(recognised.flatMap(({ routes }) => routes));
  return recognised.map(({ id, routes, ...rest }) => {
    const application = byId.get(id)!;
    const further = routesToFurtherPorts(rest.host, routes, application, (route) => taken.has(route));
    for (const route of further) taken.add(route);
    const all = [...routes, ...further] as unknown as readonly [ProxyRoute, ...ProxyRoute[]];
    return { ...rest, application, routes: all, base: baseOf(routes, application) };
  });
}

/** Signs weigh at least that much together; a port alone never does. */
const enough = 3;

const plenty = 4;

function recognise({ config, model, applications }: Context): Recognised[] {
  const comments = new CommentSigns(config);
  const surroundings = new Surroundings();
  const isSilent = comments.isEmpty && applications.length === 0;
  const found: Recognised[] = [];
  for (const host of model.virtualHosts) {
    const groups = routesByBackend(host);
    if (groups.size === 0) continue;
    const around = surroundings.signsOf(host, groups);
    const here: Recognised[] = [];
    for (const routes of groups.values()) {
      const named = signsOfBackend(routes);
      const paths = signsOfPaths(routes);
      if (isSilent && around.length + named.length + paths.length === 0) continue;
      const isMain = routes === mainOf(groups);
      const told = toldBySetting(applications, host, routes, isMain) ?? comments.toldOf(host, routes, isMain);
      const signs = [
        ...named,
        ...paths,
        ...comments.signsOf(host, routes, isMain),
        ...(isMain ? weigh(around, routes) : []),
      ];
      const one = told ? { ...told, sureness: 'told' as const, signs: [] } : judge(signs, routes);
      if (one) here.push({ host, routes, ...one });
    }
    if (here.length > 0) found.push(...mergeById(here));
  }
  return found;
}

function judge(signs: readonly Sign[], routes: readonly ProxyRoute[]): Omit<Recognised, 'host' | 'routes'> | undefined {
  const best = signs.length === 0 ? undefined : strongest([...signs, ...signsOfPorts(routes)]);
  if (!best || best.weight < enough) return undefined;
  return { id: best.id, version: undefined, sureness: best.weight < plenty ? 'probable' : 'likely', signs: best.signs };
}

/** An application may have several ports, and each its routes. */
function mergeById(found: readonly Recognised[]): Recognised[] {
  const byId = new Map<string, Recognised>();
  for (const each of found) {
    const before = byId.get(each.id);
    byId.set(each.id, before ? { ...surest(before, each), routes: [...before.routes, ...each.routes] } : each);
  }
  return [...byId.values()];
}

const surenesses: readonly Sureness[] = ['told', 'likely', 'probable'];

function surest(a: Recognised, b: Recognised): Recognised {
  return surenesses.indexOf(b.sureness) < surenesses.indexOf(a.sureness) ? b : a;
}

function baseOf(routes: readonly ProxyRoute[], { names }: Application): string {
  const paths = routes.flatMap(({ match }) =>
    match.kind.startsWith('prefix') || match.kind === 'exact' ? [match.pattern] : [],
  );
  if (paths.length === 0 || routes.some(isSite) || paths.some((path) => path.startsWith('/.well-known'))) return '';
  const own = [...(names.paths ?? []), ...(names.otherPaths ?? [])];
  if (paths.some((path) => own.some((known) => path.startsWith(known)))) return '';
  const [shortest] = paths.toSorted((a, b) => a.length - b.length);
  let end = shortest!.length;
  while (shortest![end - 1] === '/') end--;
  return shortest!.slice(0, end);
}

/** What a finding says of how the application was recognised. */
export function evidenceOf({ application, sureness, signs }: Site): string {
  if (sureness === 'told') return `It is said to be ${application.name}.`;
  return `Taken for ${application.name} by ${signs.map(({ text }) => text).join(', ')}.`;
}
