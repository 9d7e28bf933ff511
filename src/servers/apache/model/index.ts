import type { Targets } from '../../../model/versions.ts';
import type { Config } from '../../../syntax/config.ts';
import { unknown, type Model, type Route, type Tls } from '../../../model/model.ts';
import { directivesByKey } from '../../../syntax/walk.ts';
import { once } from '../../../text/once.ts';
import { Environment } from '../meaning/environment.ts';
import { mappingKeys } from './handlers.ts';
import { Level, readLevel, type Item } from '../meaning/levels.ts';
import { readAddress, type SocketAddress } from '../meaning/socket-address.ts';
import { ListenerTable } from './listeners.ts';
import { readRoutes } from './routes.ts';
import { ApacheScope } from '../meaning/scope.ts';
import { isSection, sectionsOf } from '../meaning/sections.ts';
import { readTls } from './tls.ts';
import { readWorkers, workerKeys } from './upstreams.ts';
import { HostDraft } from './virtual-hosts.ts';

/** What an httpd config, or a fragment of one, means. */
export function lowerApache(config: Config, targets: Targets): Model {
  const environment = new Environment(config, targets);
  const main = readLevel(config.file.root, environment, true);
  const keys = directivesByKey(config.file.root);
  const mainScope = new ApacheScope(main, undefined, undefined, { isWhole: config.serversComplete, keys });
  const listens = readListens(main, environment);
  const hosts = readHosts(main, mainScope, environment);
  const own = listensOfItself(hosts, listens, config);
  if (hosts.length === 0 || own.length > 0) hosts.unshift(new HostDraft(ownScope(main, config), environment));
  const listeners = readListeners(hosts, own, environment);
  const readRoutesOf = routesReader(main, hosts.length, environment);
  for (const host of hosts) host.readRoutes = readRoutesOf;
  const { upstreams } = readWorkers([main, ...hosts.map(({ scope }) => scope.level)], environment);
  return {
    dialect: 'apache',
    listeners,
    virtualHosts: hosts,
    upstreams: [...upstreams.values()],
    outerTls: config.serversComplete ? [] : outerTls(mainScope, environment),
  };
}

/**
 * The main server as a host. Lines of a fragment that stand in no `<VirtualHost>` may be a part of any level, of which the rest was
 * not seen.
 */
function ownScope(main: Level, { serversComplete: isWhole }: Config): ApacheScope {
  return new ApacheScope(isWhole ? main : new Level(main.items, true), undefined, undefined, { isWhole });
}

function readHosts(main: Level, mainScope: ApacheScope, environment: Environment): HostDraft[] {
  const blocks = new Map(main.named('virtualhost').map(({ directive, certain }) => [directive, certain]));
  const open = !areInherited(main, blocks.size);
  return [...blocks].map(([directive, certain]) => {
    // Where the server has the host at all, it has what stands in it.
    const level = readLevel(directive.block, environment, true, open);
    return new HostDraft(new ApacheScope(level, directive, mainScope), environment, certain);
  });
}

function readListens(main: Level, environment: Environment): SocketAddress[] {
  const words = main.named('listen').flatMap(({ directive }) => directive.args.slice(0, 1));
  return words.map((word) => readAddress(word, environment)).filter((address) => address !== undefined);
}

/** Where the main server answers, as no virtual host does: on a port that none names, or where there are none. */
function listensOfItself(
  hosts: readonly HostDraft[],
  listens: readonly SocketAddress[],
  config: Config,
): readonly SocketAddress[] {
  if (hosts.length === 0) return listens;
  if (!config.serversComplete) return [];
  const ports = new Set(hosts.flatMap(({ addresses }) => addresses.map(({ port }) => port)));
  return ports.has(unknown) ? [] : listens.filter(({ port }) => !ports.has(port));
}

function readListeners(
  hosts: readonly HostDraft[],
  listens: readonly SocketAddress[],
  environment: Environment,
): Model['listeners'] {
  const table = new ListenerTable();
  for (const host of hosts) {
    if (!host.directive) for (const listen of listens) table.add(listen, host, undefined);
    else for (const address of host.addresses) table.add(address, host, host.directive);
  }
  return table.build(environment);
}

/** Reads the routes of each host when they are asked for: many rules need none of them. */
function routesReader(main: Level, hosts: number, environment: Environment): (host: HostDraft) => readonly Route[] {
  const mainSections = once(() => sectionsOf(main, environment));
  const inherits = areInherited(main, hosts);
  const shared = new Level(inherits ? inheritedOf(main) : [], main.open);
  return (host) => {
    const { level } = host.scope;
    const levels = host.directive ? [shared, level] : [level];
    const own = host.directive ? sectionsOf(level, environment) : [];
    return readRoutes({
      virtualHost: host,
      scope: host.scope,
      levels,
      sections: !host.directive || inherits ? [...mainSections(), ...own] : own,
      workers: readWorkers(levels, environment),
      environment,
    });
  };
}

/** Mappings and sections of the main server times virtual hosts: each is a route of each host. */
const maxInherited = 100_000;

/** Whether the virtual hosts get what the main server hands down; with too much of it they count as partly unread. */
function areInherited(main: Level, hosts: number): boolean {
  return inheritedOf(main).length * hosts <= maxInherited;
}

const inheritedItems = new WeakMap<Level, readonly Item[]>();

/** What the main server hands down that is looked at once a host. */
function inheritedOf(main: Level): readonly Item[] {
  let items = inheritedItems.get(main);
  if (!items) {
    items = main.items.filter(
      ({ directive: { key } }) => mappingKeys.has(key) || workerKeys.has(key) || isSection(key),
    );
    inheritedItems.set(main, items);
  }
  return items;
}

/** TLS settings of the server level, for virtual hosts in files that were not seen. */
function outerTls(scope: ApacheScope, environment: Environment): readonly Tls[] {
  const isSet = scope.own('sslprotocol').length > 0 || scope.own('sslciphersuite').length > 0;
  return isSet ? [readTls(scope, environment, undefined)] : [];
}
