/** The variables of one revision. */
import type { SourceFacts, SourceVariable } from './parse-source.ts';

/** Files whose tables belong to a module that is defined in another file. */
const modulesByPath: Readonly<Record<string, string>> = {
  'src/http/ngx_http_variables.c': 'ngx_http_core_module',
  'src/stream/ngx_stream_variables.c': 'ngx_stream_core_module',
  'src/http/ngx_http_upstream.c': 'ngx_http_upstream_module',
  'src/stream/ngx_stream_upstream.c': 'ngx_stream_upstream_module',
};

/** @returns by `family/name` */
export function variablesOf(revision: ReadonlyMap<string, SourceFacts>): Map<string, SourceVariable> {
  const found = new Map<string, SourceVariable>();
  for (const [path, { variables }] of revision) {
    for (const variable of variables) {
      const module = modulesByPath[path] ?? variable.module;
      found.set(`${variable.family}/${variable.name}`, { ...variable, module });
    }
  }
  return found;
}
