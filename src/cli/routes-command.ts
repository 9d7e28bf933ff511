/** `proxylint routes [paths...]`. */
import { formatRoutesAsJson, formatRoutesAsMermaid, formatRoutesAsTable } from '../formatters/routes-text.ts';
import type { RoutingTable } from '../model/routing-table.ts';
import type { RoutesCommandOptions } from './options.ts';
import { deliver } from './output.ts';
import { readFiles } from './read-files.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

/** The exit status: 0, or 2 if a config could not be read. Throws {@link UsageError}. */
export async function routesCommand(paths: readonly string[], options: RoutesCommandOptions): Promise<number> {
  const { results: tables, failures } = await readFiles(paths, options, (file) => file.routes());
  if (tables.length === 0 && failures === 0) throw new UsageError('no nginx or Apache config found');
  if (tables.length > 0) deliver(await format(tables, options.format), options.outputFile);
  return failures > 0 ? 2 : 0;
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
      return (await import('../formatters/routes-svg.ts')).formatRoutesAsSvg(tables);
  }
}
