/** `proxylint routes [paths...]`. */
import { formatRoutesAsJson, formatRoutesAsMermaid, formatRoutesAsTable } from '../formatters/routes-text.ts';
import { lower } from '../servers/lower.ts';
import { routingTable, type RoutingTable } from '../model/routing-table.ts';
import type { RoutesCommandOptions } from './options.ts';
import { readConfigs } from './read-configs.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';
import { writeOutput } from './write-output.ts';

/** Throws {@link UsageError}. */
export async function routesCommand(paths: readonly string[], options: RoutesCommandOptions): Promise<void> {
  const tables: RoutingTable[] = [];
  for (const { config, targets } of await readConfigs(paths, options)) {
    tables.push(routingTable(lower(config, targets), config.file.source.path));
  }
  if (tables.length === 0) throw new UsageError('no nginx or Apache config found');
  const text = await format(tables, options.format);
  if (options.outputFile === undefined) process.stdout.write(text);
  else writeOutput(options.outputFile, text);
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
