/** `proxylint topology` as text, JSON, a Mermaid flow chart and SVG. */
import type { MappedEdge, MappedServer, TopologyMap } from '../topology/map.ts';
import { disarmCommands, escapeControls, escapeJson } from './escape.ts';
import { GraphDrawing } from './graph-svg.ts';
import { locate } from './report.ts';

export function formatTopologyAsText(maps: readonly TopologyMap[]): string {
  return disarmCommands(maps.map(mapText).join('\n'));
}

function mapText({ servers, edges, problems }: TopologyMap): string {
  const lines = servers.flatMap((server) => [
    `${server.file} (${server.dialect}, ${server.machine})`,
    ...server.listens.map((listen) => `  listens  ${listen}`),
    ...edges.filter(({ from }) => from === server.file).map(edgeText),
  ]);
  const told = problems.map(({ text, place }) => {
    if (!place) return text;
    const { file, start } = locate(place);
    return `${file}:${start.line}:${start.column}: ${text}`;
  });
  return `${[...lines, ...told].map(escapeControls).join('\n')}\n`;
}

function edgeText({ address, carries, to, place }: MappedEdge): string {
  return `  to       ${address} (${carries})${to === undefined ? '' : `: ${to}`}  line ${locate(place).start.line}`;
}

/** Version 1: stable, additions only. See docs/topology.md. */
export function formatTopologyAsJson(maps: readonly TopologyMap[], version: string): string {
  const topologies = maps.map(({ servers, edges, problems }) => ({
    servers,
    edges: edges.map(({ place, to, ...edge }) => {
      const { file, start } = locate(place);
      return { ...edge, to: to ?? null, file, line: start.line, column: start.column };
    }),
    problems: problems.map(({ text }) => text),
  }));
  const document = { schemaVersion: 1, tool: { name: 'proxylint', version }, topologies };
  return `${escapeJson(JSON.stringify(document, null, 2))}\n`;
}

export function formatTopologyAsMermaid(maps: readonly TopologyMap[]): string {
  const lines = ['flowchart LR'];
  const ids = new Map<string, string>();
  const node = (key: string, text: string, [open, close]: readonly [string, string]): string => {
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = `n${ids.size}`));
      lines.push(`  ${id}${open}"${label(text)}"${close}`);
    }
    return id;
  };
  for (const [index, { servers, edges }] of maps.entries()) {
    for (const server of servers) node(`${index} ${server.file}`, serverText(server), ['[', ']']);
    for (const edge of edges) {
      const to =
        edge.to === undefined
          ? node(`${index} at ${edge.address}`, edge.address, ['[(', ')]'])
          : node(`${index} ${edge.to}`, edge.to, ['[', ']']);
      lines.push(`  ${node(`${index} ${edge.from}`, edge.from, ['[', ']'])} -->|"${label(edgeLabel(edge))}"| ${to}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

export function formatTopologyAsSvg(maps: readonly TopologyMap[]): string {
  const drawing = new GraphDrawing('Topology');
  for (const [index, { servers, edges }] of maps.entries()) {
    for (const server of servers) drawing.box(`${index} ${server.file}`, 'host', serverText(server));
    for (const edge of edges) {
      const way = drawing.box(`${index} ${edge.from} ${edge.address} ${edge.carries}`, 'match', edgeLabel(edge));
      const to =
        edge.to === undefined
          ? drawing.box(`${index} at ${edge.address}`, 'server', edge.address)
          : `${index} ${edge.to}`;
      drawing.link(`${index} ${edge.from}`, way);
      drawing.link(way, to);
    }
  }
  return drawing.svg();
}

function serverText({ file, machine, listens }: MappedServer): string {
  return [file, machine, ...listens].join('\n');
}

function edgeLabel({ address, carries, to }: MappedEdge): string {
  return to === undefined ? carries : `${carries} to ${address}`;
}

/** Characters with a meaning in Mermaid become character codes. */
function label(text: string): string {
  return text
    .split('\n')
    .map((line) => escapeControls(line).replace(/["#;<>|`\\{}[\]()]/g, (character) => `#${character.charCodeAt(0)};`))
    .join('<br/>');
}
