import { formatTracesAsJson } from '../../src/formatters/json-trace.ts';
import { formatTracesAsMermaid } from '../../src/formatters/mermaid-trace.ts';
import { formatTraces } from '../../src/formatters/pretty-trace.ts';
import { formatRoutesAsSvg } from '../../src/formatters/routes-svg.ts';
import { formatRoutesAsJson, formatRoutesAsMermaid, formatRoutesAsTable } from '../../src/formatters/routes-text.ts';
import { lower } from '../../src/ir/lower/index.ts';
import type { Place } from '../../src/ir/source.ts';
import { findConfigs, readConfig } from '../../src/lint.ts';
import { routingTable } from '../../src/routes/table.ts';
import { traceRequest } from '../../src/trace/index.ts';
import { parseRequest } from '../../src/trace/request.ts';
import type { FileKind, Trace } from '../../src/trace/types.ts';
import type { FuzzCase } from './case.ts';
import { FuzzFailure } from './failure.ts';

const kindsOfFiles: readonly FileKind[] = ['file', 'directory', 'missing', undefined];

/** The routing table and the traces of the requests, in every format. */
export async function checkTraces({ path, text, dialect, requests = [] }: FuzzCase): Promise<void> {
  for (const found of findConfigs(path, text, dialect)) {
    const config = await readConfig(found, {});
    const model = lower(config, {});
    const tables = [routingTable(model, path)];
    formatRoutesAsTable(tables);
    JSON.parse(formatRoutesAsJson(tables, '0'));
    formatRoutesAsMermaid(tables);
    formatRoutesAsSvg(tables);
    for (const { method, url, headers } of requests) {
      const request = parseRequest(method, url, { headers, from: '192.0.2.1', bodySize: 10 });
      if (typeof request === 'string') continue;
      const trace = traceRequest(config, model, {}, request, (file) => kindsOfFiles[file.length % kindsOfFiles.length]);
      checkTrace(trace);
      JSON.parse(formatTracesAsJson([trace], '0'));
      formatTracesAsMermaid([trace]);
      await formatTraces([trace], { color: false });
    }
  }
}

function checkTrace(trace: Trace): void {
  const places = [...trace.steps.map(({ place }) => place), trace.virtualHost?.place, trace.location?.place];
  for (const place of places)
    if (place && !isInside(place)) throw new FuzzFailure('place', 'a step lies outside its file');
}

function isInside({ file, start, end }: Place): boolean {
  return 0 <= start && start <= end && end <= file.text.length;
}
