/** `proxylint routes [paths...]`. */
import { formatRoutesAsJson, formatRoutesAsMermaid, formatRoutesAsTable } from '../../formatters/routes-text.ts';
import type { RouteRow, RoutingTable } from '../../model/routing-table.ts';
import { matchesPattern, parseWildcards } from '../../text/fnmatch.ts';
import { suggest } from '../../text/suggest.ts';
import type { RoutesCommandOptions } from '../options.ts';
import { deliver } from '../output.ts';
import { readFiles } from '../files/read-files.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

/** The exit status: 0, or 2 if a config could not be read. Throws {@link UsageError}. */
export async function routesCommand(paths: readonly string[], options: RoutesCommandOptions): Promise<number> {
  const { results, failures } = await readFiles(paths, options, (file) => file.routes());
  if (results.length === 0 && failures === 0) throw new UsageError('no nginx, Apache or sslh config found');
  const tables = onlyHosts(results, options.host);
  if (tables.length > 0) deliver(await format(tables, options.format), options.outputFile);
  return failures > 0 ? 2 : 0;
}

/** Throws {@link UsageError} for a name that none of them has. */
function onlyHosts(tables: readonly RoutingTable[], wanted: readonly string[]): readonly RoutingTable[] {
  if (wanted.length === 0) return tables;
  const patterns = wanted.map((name) => ({ name, isMet: false, pattern: parseWildcards(name.toLowerCase()) }));
  const isWanted = ({ host }: RouteRow): boolean => {
    const names = host.toLowerCase().split(' ');
    const met = patterns.filter(({ pattern }) => names.some((name) => matchesPattern(pattern, name)));
    for (const each of met) each.isMet = true;
    return met.length > 0;
  };
  const left = tables.map((table) => ({ ...table, rows: table.rows.filter(isWanted) }));
  const unmet = patterns.find(({ isMet }) => !isMet);
  if (unmet) {
    const near = suggest(
      unmet.name,
      new Set(tables.flatMap(({ rows }) => rows.flatMap(({ host }) => host.split(' ')))),
    );
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    throw new UsageError(`--host ${unmet.name}: no such virtual host${hint}`);
  }
  return left.filter(({ rows }) => rows.length > 0);
}

async function format(tables: readonly RoutingTable[], name: RoutesCommandOptions['format']): Promise<string> {
  switch (name) {
    case 'table':
      return formatRoutesAsTable(tables);
    case 'json':
      return formatRoutesAsJson(tables, version);
    case 'mermaid':
      return formatRoutesAsMermaid(tables);
    case 'svg':
      return (await import('../../formatters/routes-svg.ts')).formatRoutesAsSvg(tables);
  }
}
