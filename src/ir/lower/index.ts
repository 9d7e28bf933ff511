import type { Targets } from '../../versions.ts';
import type { Config } from '../config.ts';
import type { Model } from '../model.ts';
import type { Dialect } from '../syntax.ts';

export function emptyModel(dialect: Dialect): Model {
  return { dialect, listeners: [], virtualHosts: [], upstreams: [], outerTls: [] };
}

/** What an nginx or httpd config means to the server version it is meant for. */
export function lower(config: Config, _targets: Targets): Model {
  return emptyModel(config.dialect);
}
