/** What the server answers, as the tracer tells it: for rules and for all else that asks in the middle of a walk. */
import type { Config } from '../syntax/config.ts';
import type { Model } from '../model/model.ts';
import type { FileLookup, Trace, TraceRequest } from '../model/trace.ts';
import type { Targets } from '../model/versions.ts';
import { requestKey } from './request-to.ts';
import { traceApache } from '../servers/apache/trace/trace.ts';
import { traceNginx } from '../servers/nginx/trace/trace.ts';
import { traceSslh } from '../servers/sslh/trace/trace.ts';

interface Asking {
  readonly config: Config;
  readonly model: Model;
  readonly targets: Targets;
}

const answers = new WeakMap<Model, Map<string, Trace>>();

/** As {@link ask} where every file that is looked for is there. */
export function askWithFiles({ config, model, targets }: Asking, request: TraceRequest): Trace {
  return trace({ config, model, targets }, request, () => 'file');
}

/** What the server does with a request, as far as the config tells; nothing is known of files. Each is traced once a config. */
export function ask({ config, model, targets }: Asking, request: TraceRequest): Trace {
  let known = answers.get(model);
  if (!known) answers.set(model, (known = new Map<string, Trace>()));
  const key = requestKey(request);
  let answer = known.get(key);
  if (!answer) {
    answer = trace({ config, model, targets }, request, () => undefined);
    if (known.size >= maxKept) known.clear();
    known.set(key, answer);
  }
  return answer;
}

/** Rules ask in the middle of a walk, which waits for nothing to be loaded. */
export function trace({ config, model, targets }: Asking, request: TraceRequest, files: FileLookup): Trace {
  switch (config.dialect) {
    case 'apache':
      return traceApache(config, targets, request, files);
    case 'nginx':
      return traceNginx(config, model, targets, request, files);
    case 'sslh':
      return traceSslh(config, targets, request);
  }
}

const maxKept = 10_000;
