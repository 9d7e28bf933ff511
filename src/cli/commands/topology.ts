/** `proxylint topology [paths...]`. */
import { mapOf, type TopologyMap } from '../../topology/map.ts';
import { Topology } from '../../topology/topology.ts';
import { lower } from '../../servers/index.ts';
import type { TopologyCommandOptions } from '../options.ts';
import { deliver } from '../output.ts';
import { readLinked } from '../files/read-files.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';

/** The exit status: 0, or 2 if a config could not be read. Throws `UsageError` and `ConfigError`. */
export async function topologyCommand(paths: readonly string[], options: TopologyCommandOptions): Promise<number> {
  const { files, topologies, failures } = await readLinked(paths, options);
  const isLinked = new Set(
    topologies.flatMap(({ members }) => members.flatMap(({ config }) => config.files.map(({ source }) => source.path))),
  );
  const alone: Topology[] = [];
  for (const { file, settings, machine } of files)
    for (const config of await file.read()) {
      if (config.file.unread !== undefined || isLinked.has(config.file.source.path)) continue;
      const { targets = {} } = settings;
      alone.push(new Topology([{ config, model: lower(config, targets), targets, machine }], false));
    }
  const maps = [...topologies, ...alone].map(mapOf);
  if (maps.length === 0 && failures === 0) throw new UsageError('no nginx, Apache or sslh config found');
  if (maps.length > 0) deliver(await format(maps, options.format), options.outputFile);
  return failures > 0 ? 2 : 0;
}

async function format(maps: readonly TopologyMap[], name: TopologyCommandOptions['format']): Promise<string> {
  const formats = await import('../../formatters/topology.ts');
  switch (name) {
    case 'text':
      return formats.formatTopologyAsText(maps);
    case 'json':
      return formats.formatTopologyAsJson(maps, version);
    case 'mermaid':
      return formats.formatTopologyAsMermaid(maps);
    case 'svg':
      return formats.formatTopologyAsSvg(maps);
  }
}
