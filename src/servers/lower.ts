import type { Targets } from '../model/versions.ts';
import type { Config } from '../syntax/config.ts';
import type { Model } from '../model/model.ts';
import type { Dialect } from '../syntax/tree.ts';
import { lowerApache } from './apache/model/index.ts';
import { lowerNginx } from './nginx/model/index.ts';

export function emptyModel(dialect: Dialect): Model {
  return { dialect, listeners: [], virtualHosts: [], upstreams: [], outerTls: [] };
}

/** What an nginx or httpd config means to the server version it is meant for. */
export function lower(config: Config, targets: Targets): Model {
  switch (config.dialect) {
    case 'nginx':
      return lowerNginx(config, targets.nginx);
    case 'apache':
      return lowerApache(config, targets);
    case 'sslh':
      return emptyModel(config.dialect);
  }
}
