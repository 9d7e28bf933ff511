/** What a server would do with one request, from its config alone. */
import type { Config } from '../ir/config.ts';
import type { Model } from '../ir/model.ts';
import type { Targets } from '../versions.ts';
import { traceApache } from './apache/trace.ts';
import { traceNginx } from './nginx/trace.ts';
import { unreadParts } from './unread.ts';
import type { FileLookup, Trace, TraceRequest } from './types.ts';

/** For nginx and httpd. */
export function traceRequest(
  config: Config,
  model: Model,
  targets: Targets,
  request: TraceRequest,
  files: FileLookup,
): Trace {
  const trace =
    config.dialect === 'apache'
      ? traceApache(config, targets, request, files)
      : traceNginx(config, model, targets, request, files);
  return { ...trace, unknowns: [...unreadParts(config), ...trace.unknowns] };
}
