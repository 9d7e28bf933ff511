import type { Targets } from '../../versions.ts';
import type { Config } from '../config.ts';
import type { Model } from '../model.ts';
import type { Dialect } from '../syntax.ts';
import { lowerApache } from './apache/index.ts';
import { lowerNginx } from './nginx/index.ts';

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
