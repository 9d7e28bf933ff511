import type { Targets } from '../../versions.ts';
import type { Config } from '../config.ts';
import type { Model } from '../model.ts';
import type { Dialect } from '../syntax.ts';
import { lowerNginx } from './nginx/index.ts';

export function emptyModel(dialect: Dialect): Model {
  return { dialect, listeners: [], virtualHosts: [], upstreams: [], outerTls: [] };
}

/** What an nginx or httpd config means to the server version it is meant for. */
export function lower(config: Config, targets: Targets): Model {
  return config.dialect === 'nginx' ? lowerNginx(config, targets.nginx) : emptyModel(config.dialect);
}
