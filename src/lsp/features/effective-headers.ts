/** Which headers a route sends and hands on, as a lens above it, and a trace of a request to it. */
import type { CodeLens, CodeLensParams, ExecuteCommandParams } from 'vscode-languageserver';
import { MessageType } from 'vscode-languageserver';
import { formatTraces } from '../../formatters/pretty-trace.ts';
import { directiveText, responseHeaders } from '../../model/effective-headers.ts';
import { unknown, type HeaderOp, type Route } from '../../model/model.ts';
import { pathTo } from '../../requests/paths.ts';
import { requestTo } from '../../requests/request-to.ts';
import { loadTracer } from '../../servers/index.ts';
import { headerOf, type Directive } from '../../syntax/tree.ts';
import type { Config } from '../../syntax/config.ts';
import { followRequest } from '../../topology/follow.ts';
import { unnamedMachine } from '../../topology/machine.ts';
import { Topology } from '../../topology/topology.ts';
import type { ServerContext } from '../context.ts';
import { placeInOuter } from '../../text/source.ts';
import type { View } from '../view.ts';

export const headersCommand = 'proxylint.effectiveHeaders';

interface RouteIn {
  readonly config: Config;
  readonly route: Route;
}

export async function codeLenses(server: ServerContext, { textDocument }: CodeLensParams): Promise<CodeLens[]> {
  const view = await server.workspace.viewAt(textDocument.uri);
  if (!view) return [];
  return routesIn(view).map(({ route }) => {
    const { range } = server.places.locationOf(headerOf(route.directive));
    const title = titleOf(route);
    return { range, command: { title, command: headersCommand, arguments: [textDocument.uri, range.start] } };
  });
}

/** Those that have a block in the document, each once. */
function routesIn(view: View): RouteIn[] {
  const byDirective = new Map<Directive, RouteIn>();
  for (const config of view.reading.configs) {
    for (const { routes } of view.modelOf(config).virtualHosts) {
      for (const route of routes) {
        const { directive } = route;
        if (!directive.block || route.match.kind === 'condition' || byDirective.has(directive)) continue;
        const { file } = placeInOuter(headerOf(directive));
        if (view.isShown(file.path)) byDirective.set(directive, { config, route });
      }
    }
  }
  return [...byDirective.values()];
}

function titleOf(route: Route): string {
  const sent = responseHeaders(route.scope).length;
  const toClient = `${sent} response ${sent === 1 ? 'header' : 'headers'}`;
  const handed =
    route.backend && [...route.backend.headers.values()].filter(({ origin }) => origin !== 'default').length;
  const lost = route.backend?.lost.length ?? 0;
  return [
    toClient,
    ...(handed === undefined ? [] : [`${handed} to the backend`]),
    ...(lost > 0 ? [`${lost} lost`] : []),
  ].join(', ');
}

/** The text that the lens stands for: what it shows to a client that has no better place for it, it also gives as the answer. */
export async function executeCommand(server: ServerContext, params: ExecuteCommandParams): Promise<string | null> {
  if (params.command !== headersCommand) return null;
  const [uri, position] = (params.arguments ?? []) as [unknown, unknown];
  const text = await effectiveHeaders(server, uri, position);
  if (text !== undefined && !server.client.showsResults)
    void server.connection.sendNotification('window/showMessage', { type: MessageType.Info, message: text });
  return text ?? null;
}

async function effectiveHeaders(server: ServerContext, uri: unknown, position: unknown): Promise<string | undefined> {
  const line = (position as { line?: unknown } | undefined)?.line;
  if (typeof uri !== 'string' || typeof line !== 'number') return undefined;
  const view = await server.workspace.viewAt(uri);
  const found = view && routesIn(view).find(({ route }) => server.places.lineOf(route.directive).line === line + 1);
  return found && describe(server, view, found);
}

async function describe(server: ServerContext, view: View, { config, route }: RouteIn): Promise<string> {
  const lines = [directiveText(route.directive), ''];
  const placeOf = (directive: Directive): string => server.places.lineOf(directive).label;
  const sent = responseHeaders(route.scope);
  lines.push(sent.length > 0 ? 'Response headers:' : 'Response headers: none is added');
  for (const directive of sent) lines.push(`  ${directiveText(directive)}  (${placeOf(directive)})`);
  if (route.backend) {
    const rowOf = ({ name, action, value, origin }: HeaderOp): string => {
      const shown = action === 'unset' ? 'not sent' : value === unknown ? '(not known)' : value;
      return `  ${name}: ${shown}  (${origin === 'default' ? 'by default' : placeOf(origin)})`;
    };
    lines.push('', 'To the backend, beside what the client sent:', ...[...route.backend.headers.values()].map(rowOf));
    if (route.backend.lost.length > 0)
      lines.push('', 'Set outside, and dropped here:', ...route.backend.lost.map(rowOf));
  }
  const trace = await traceOf(view, config, route);
  if (trace !== undefined) lines.push('', trace.trimEnd());
  return lines.join('\n');
}

/** What the server does with a request that should meet the route; undefined where none can be named. */
async function traceOf(view: View, config: Config, route: Route): Promise<string | undefined> {
  const path = pathTo(route);
  const { virtualHost } = route;
  const request = path === undefined ? undefined : requestTo(virtualHost, virtualHost.listeners[0], path);
  const tracer = request && (await loadTracer(config.dialect));
  if (!request || !tracer) return undefined;
  const { targets } = view;
  const member = { config, model: view.modelOf(config), targets, machine: unnamedMachine() };
  const hop = followRequest(new Topology([member], false), member, request, () => tracer);
  return hop && formatTraces([hop], { color: false });
}
