/** The servers that are known: the one place that lists them. */
import type { Model } from '../model/model.ts';
import { without } from '../model/connection.ts';
import type { Trace, TraceRequest } from '../model/trace.ts';
import type { Targets } from '../model/versions.ts';
import { guarded } from '../parsers/shared/guarded.ts';
import type { Config } from '../syntax/config.ts';
import type { ConfigFile, Dialect, Parse } from '../syntax/tree.ts';
import { unreadParts } from '../model/unread-parts.ts';
import { apache } from './apache/index.ts';
import { nginx } from './nginx/index.ts';
import type { Server, Tracer } from './server.ts';
import { sslh } from './sslh/index.ts';

const byDialect: Readonly<Record<Dialect, Server>> = { nginx, apache, sslh };

/** In the order in which they are asked. */
export const servers: readonly Server[] = Object.values(byDialect);

export function serverOf(dialect: Dialect): Server {
  return byDialect[dialect];
}

/** The parser of one dialect; the others are not loaded. It refuses texts that are too large. */
export function loadParser(dialect: Dialect): Promise<Parse> {
  let loaded = parsers.get(dialect);
  if (!loaded) parsers.set(dialect, (loaded = load(dialect)));
  return loaded;
}

async function load(dialect: Dialect): Promise<Parse> {
  return guarded(dialect, await byDialect[dialect].loadParser());
}

/** A module that is imported again for each of thousands of files takes longer than to read the file. */
const parsers = new Map<Dialect, Promise<Parse>>();

/** What a config means to the server version it is meant for. */
export function lower(config: Config, targets: Targets): Model {
  return byDialect[config.dialect].lower(config, targets);
}

/** Undefined for a server whose requests cannot be traced. The traces name what of the config was not read. */
export function loadTracer(dialect: Dialect): Promise<Tracer | undefined> {
  let loaded = tracers.get(dialect);
  if (!loaded) tracers.set(dialect, (loaded = loadNaming(dialect)));
  return loaded;
}

const tracers = new Map<Dialect, Promise<Tracer | undefined>>();

async function loadNaming(dialect: Dialect): Promise<Tracer | undefined> {
  const trace = await byDialect[dialect].loadTracer?.();
  if (!trace) return undefined;
  return (subject, request, files) => {
    if (request.protocol !== undefined && subject.config.dialect !== 'sslh') return notHttp(request);
    const answer = trace(subject, request, files);
    return { ...answer, unknowns: [...unreadParts(subject.config), ...answer.unknowns] };
  };
}

function notHttp(request: TraceRequest): Trace {
  const reason = `What this server does with a client that speaks ${request.protocol} is not traced.`;
  return without(request, { kind: 'unknown', reason });
}

/** Whether an included file is surely no config but passwords, a key, a page to be printed. */
export function isForeign(file: ConfigFile): boolean {
  return file.source.template === undefined && byDialect[file.dialect].isForeign(file);
}
