/** What a server would do with one request, from its config alone. */
import type { Config } from '../syntax/config.ts';
import type { Model } from '../model/model.ts';
import type { Targets } from '../model/versions.ts';
import { traceApache } from './apache/trace/trace.ts';
import { traceNginx } from './nginx/trace/trace.ts';
import { unreadParts } from '../trace/unread.ts';
import type { FileLookup, Trace, TraceRequest } from '../model/trace.ts';

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
