import { formatTracesAsJson } from '../../src/formatters/json-trace.ts';
import { formatTracesAsMermaid } from '../../src/formatters/mermaid-trace.ts';
import { formatTraces } from '../../src/formatters/pretty-trace.ts';
import { formatRoutesAsSvg } from '../../src/formatters/routes-svg.ts';
import { formatRoutesAsJson, formatRoutesAsMermaid, formatRoutesAsTable } from '../../src/formatters/routes-text.ts';
import type { Tracer } from '../../src/servers/server.ts';
import { followRequest, type Hop } from '../../src/topology/follow.ts';
import { unnamedMachine } from '../../src/topology/machine.ts';
import { Topology, type Member } from '../../src/topology/topology.ts';
import { loadTracer, lower } from '../../src/servers/index.ts';
import type { Place } from '../../src/text/source.ts';
import { findConfigs, readConfig } from '../../src/lint/read.ts';
import { routingTable } from '../../src/model/routing-table.ts';
import { parseRequest } from '../../src/model/request.ts';
import type { FileKind, Trace, TraceRequest } from '../../src/model/trace.ts';
import type { FuzzCase } from './case.ts';
import { FuzzFailure } from './failure.ts';

const kindsOfFiles: readonly FileKind[] = ['file', 'directory', 'missing', undefined];

/** The routing table and the traces of the requests, in every format. */
export async function checkTraces({ path, text, dialect, requests = [] }: FuzzCase): Promise<void> {
  for (const found of await findConfigs(path, text, dialect)) {
    const config = await readConfig(found, {});
    const model = lower(config, {});
    const tables = [routingTable(model, path)];
    formatRoutesAsTable(tables);
    JSON.parse(formatRoutesAsJson(tables, '0'));
    formatRoutesAsMermaid(tables);
    formatRoutesAsSvg(tables);
    const trace = await loadTracer(config.dialect);
    if (!trace) continue;
    for (const { method, url, headers } of requests) {
      const request = parseRequest(method, url, { headers, from: '192.0.2.1', bodySize: 10 });
      if (typeof request === 'string') continue;
      const answer = trace(
        { config, model, targets: {} },
        request,
        (file) => kindsOfFiles[file.length % kindsOfFiles.length],
      );
      checkTrace(answer);
      const hop = hopOf({ config, model, targets: {}, machine: unnamedMachine() }, request, trace);
      JSON.parse(formatTracesAsJson([hop], '0'));
      formatTracesAsMermaid([hop]);
      await formatTraces([hop], { color: false });
    }
  }
}

function hopOf(member: Member, request: TraceRequest, trace: Tracer): Hop {
  return followRequest(new Topology([member], false), member, request, () => trace)!;
}

function checkTrace(trace: Trace): void {
  const places = [...trace.steps.map(({ place }) => place), trace.virtualHost?.place, trace.location?.place];
  for (const place of places)
    if (place && !isInside(place)) throw new FuzzFailure('place', 'a step lies outside its file');
}

function isInside({ file, start, end }: Place): boolean {
  return 0 <= start && start <= end && end <= file.text.length;
}
