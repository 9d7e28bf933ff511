/** Lowers nginx configs, whole ones and pieces of the `http` part. `stream` and `mail` mean something else and stay out. */
import type { Version } from '../../../model/versions.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Model, Upstream } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { childrenNamed, directivesByKey } from '../../../syntax/walk.ts';
import { Backends } from './backend.ts';
import { NginxHost } from './hosts.ts';
import { listenersOf } from './listeners.ts';
import { Maps } from '../meaning/maps.ts';
import { constantOf } from '../meaning/value-set.ts';
import { variablesOf } from '../meaning/variables.ts';
import type { RouteContext } from './routes.ts';
import { NginxScope, type ScopeContext } from '../meaning/scope.ts';
import { NginxTls } from './tls.ts';
import { damageOf } from '../meaning/unread.ts';

export function lowerNginx(config: Config, target: Version | undefined): Model {
  const https = httpScopes(config);
  const upstreams = https.flatMap((http) => http.own('upstream').map(upstreamOf));
  const byName = new Map(upstreams.map((upstream) => [upstream.name, upstream]));
  const virtualHosts: NginxHost[] = [];
  const outerTls: NginxTls[] = [];
  const shared = { upstreams: byName, constantOf: (pass: Directive) => constantTarget(pass, config) };
  for (const http of https) {
    const hosts = hostsOf(http, { ...shared, backends: new Backends(target, new Maps(http)) }, target);
    virtualHosts.push(...hosts);
    const mayHaveOthers = http.open || hosts.length === 0;
    if (mayHaveOthers) outerTls.push(new NginxTls(http, target, undefined));
  }
  const piece = pieceScope(config);
  if (piece)
    virtualHosts.push(new NginxHost(piece, { ...shared, backends: new Backends(target, new Maps(undefined)) }, target));
  return { dialect: 'nginx', listeners: listenersOf(virtualHosts), virtualHosts, upstreams, outerTls };
}

function constantTarget(pass: Directive, config: Config): string | undefined {
  const text = pass.args[0]?.value ?? '';
  return text.includes('$') ? constantOf(text, pass, variablesOf(config).definitions)?.text : undefined;
}

/** The `http` blocks of a whole config, or the text itself where it is a piece of one. */
function httpScopes(config: Config): NginxScope[] {
  const { root } = config.file;
  if (config.level === 'http') return [new NginxScope(root, contextOf(config), 'http-fragment')];
  if (config.level !== 'main') return [];
  const main = new NginxScope(root, contextOf(config), 'main');
  return main.own('http').flatMap(({ block }) => (block ? new NginxScope(block, main) : []));
}

/** A piece of a server or location is the inside of a virtual host that is not seen. */
function contextOf(config: Config): ScopeContext {
  return { damage: damageOf(config), keys: directivesByKey(config.file.root) };
}

function pieceScope(config: Config): NginxScope | undefined {
  if (config.level !== 'server' && config.level !== 'location') return undefined;
  return new NginxScope(config.file.root, contextOf(config), 'fragment');
}

function hostsOf(http: NginxScope, context: RouteContext, target: Version | undefined): NginxHost[] {
  return http
    .own('server')
    .flatMap(({ block }) => (block ? new NginxHost(new NginxScope(block, http), context, target) : []));
}

function upstreamOf(directive: Directive): Upstream {
  const servers = childrenNamed(directive.block, 'server').flatMap((server) => {
    const address = server.args[0];
    return address ? { directive: server, address } : [];
  });
  return { name: directive.args[0]?.value ?? '', directive, servers };
}
