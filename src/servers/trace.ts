/** What a server would do with one request, from its config alone. */
import type { Config } from '../syntax/config.ts';
import type { Model } from '../model/model.ts';
import { walk } from '../syntax/walk.ts';
import type { Targets } from '../model/versions.ts';
import { traceApache } from './apache/trace/trace.ts';
import { traceNginx } from './nginx/trace/trace.ts';
import type { FileLookup, Trace, TraceRequest } from '../model/trace.ts';

/** For nginx and httpd. */
export function traceRequest(
  config: Config,
  model: Model,
  targets: Targets,
  request: TraceRequest,
  files: FileLookup,
): Trace {
  const tracer = config.dialect === 'apache' ? traceApache : traceNginx;
  const trace = tracer(config, model, targets, request, files);
  return { ...trace, unknowns: [...unreadParts(config), ...trace.unknowns] };
}

/** What of the config the trace does not see, a sentence each. */
function unreadParts(config: Config): string[] {
  const partly = config.files.filter((file) => file.problems.length > 0);
  const parts = partly.map(
    (file) => `${file.source.path} has syntax errors; it is traced as far as it was understood.`,
  );
  walk(config.file.root, ({ includeFailure }) => {
    if (includeFailure && includeFailure.reason !== 'no-match')
      parts.push(`The include "${includeFailure.path}" was not read.`);
  });
  return [...new Set(parts)];
}
