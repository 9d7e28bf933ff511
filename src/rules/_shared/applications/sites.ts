/** Which backends of a config are applications that are known, and how sure that is. */
import type { Application } from '../../../facts/applications/types.ts';
import type { VirtualHost } from '../../../model/model.ts';
import type { Version } from '../../../model/versions.ts';
import type { Config } from '../../../syntax/config.ts';
import type { RuleContext } from '../../define-rule.ts';
import { isSite, routesByBackend, type ProxyRoute } from '../backends.ts';
import { CommentSigns } from './comment-signs.ts';
import { toldBySetting } from './settings.ts';
import { signsOfBackend, signsOfFile, signsOfNames, signsOfPaths, strongest, type Sign } from './signs.ts';
import { documentMention } from './texts.ts';

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

const known = new WeakMap<Config, Promise<readonly Site[]>>();

type Context = Pick<RuleContext<never>, 'config' | 'model' | 'applications'>;

/** The contracts are loaded only where one is needed. */
export function sitesOf(context: Context): Promise<readonly Site[]> {
  let sites = known.get(context.config);
  if (!sites) known.set(context.config, (sites = findSites(context)));
  return sites;
}

async function findSites(context: Context): Promise<readonly Site[]> {
  const recognised = recognise(context);
  if (recognised.length === 0) return [];
  const { applications } = await import('../../../facts/applications/catalogue.gen.ts');
  const byId = new Map(applications.map((application) => [application.id, application]));
  return recognised.map(({ id, routes, ...rest }) => {
    const application = byId.get(id)!;
    const all = routes as readonly [ProxyRoute, ...ProxyRoute[]];
    return { ...rest, application, routes: all, base: baseOf(routes, application) };
  });
}

/** Signs weigh at least that much together; a port alone never does. */
const enough = 3;
const plenty = 4;

function recognise({ config, model, applications }: Context): Recognised[] {
  const comments = new CommentSigns(config);
  return model.virtualHosts.flatMap((host) => {
    const groups = [...routesByBackend(host).values()];
    const main = groups.find((routes) => routes.some(isSite)) ?? (groups.length === 1 ? groups[0] : undefined);
    const found = groups.flatMap((routes): Recognised[] => {
      const told =
        toldBySetting(applications, host, routes, routes === main) ?? comments.toldOf(host, routes, routes === main);
      if (told) return [{ host, routes, ...told, sureness: 'told', signs: [] }];
      const best = strongest([
        ...signsOfBackend(routes),
        ...signsOfPaths(routes),
        ...comments.signsOf(host, routes, routes === main),
        ...(routes === main ? signsOfHost(host, routes) : []),
      ]);
      if (!best || best.weight < enough) return [];
      const sureness = best.weight < plenty ? 'probable' : 'likely';
      return [{ host, routes, id: best.id, version: undefined, sureness, signs: best.signs }];
    });
    return mergeById(found);
  });
}

/** Signs of what is around all routes: they speak of what the site is for. */
function signsOfHost(host: VirtualHost, routes: readonly ProxyRoute[]): Sign[] {
  const source = routes[0]!.directive.parent.file;
  const document = documentMention(source);
  const signs = signsOfNames(host.names);
  if (document?.id !== undefined) {
    signs.push({
      id: document.id,
      weight: document.isHeading ? 3 : 2,
      kind: 'document',
      text: document.text,
      at: undefined,
    });
  }
  if (!source.outer) signs.push(...signsOfFile(source.path));
  return routes.some(isSite) ? signs : signs.map((sign) => ({ ...sign, weight: sign.weight - 1 }));
}

/** An application may have several ports, and each its routes. */
function mergeById(found: readonly Recognised[]): Recognised[] {
  const byId = new Map<string, Recognised>();
  for (const each of found) {
    const before = byId.get(each.id);
    byId.set(each.id, before ? { ...before, routes: [...before.routes, ...each.routes] } : each);
  }
  return [...byId.values()];
}

function baseOf(routes: readonly ProxyRoute[], { names }: Application): string {
  const paths = routes.flatMap(({ match }) =>
    match.kind.startsWith('prefix') || match.kind === 'exact' ? [match.pattern] : [],
  );
  if (paths.length === 0 || routes.some(isSite)) return '';
  const own = [...(names.paths ?? []), ...(names.otherPaths ?? [])];
  if (paths.some((path) => own.some((known) => path.startsWith(known)))) return '';
  const [shortest] = paths.toSorted((a, b) => a.length - b.length);
  return shortest!.replace(/\/+$/, '');
}

/** What a finding says of how the application was recognised. */
export function evidenceOf({ application, sureness, signs }: Site): string {
  if (sureness === 'told') return `It is said to be ${application.name}.`;
  return `Taken for ${application.name} by ${signs.map(({ text }) => text).join(', ')}.`;
}
