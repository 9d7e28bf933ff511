/** One of two configs that are compared. */
import type { Model, Route, VirtualHost } from '../model/model.ts';
import type { FileLookup, Trace, TraceRequest } from '../model/trace.ts';
import type { Targets } from '../model/versions.ts';
import { foundFiles } from '../requests/found-files.ts';
import type { Finding } from '../rules/finding.ts';
import type { Tracer } from '../servers/server.ts';
import type { SettingForms } from '../servers/setting-forms.ts';
import type { Config } from '../syntax/config.ts';
import { headerOf, placeIn } from '../syntax/tree.ts';
import type { Place } from '../text/source.ts';

export interface Side {
  readonly config: Config;
  readonly model: Model;
  readonly targets: Targets;
  readonly tracer: Tracer;
  /** Undefined for a server whose settings are not compared. */
  readonly forms: SettingForms | undefined;
  /** What the server refuses the config for; undefined: it loads it. */
  readonly refusal: Finding | undefined;
}

/** What is taken to lie on the disk where the answer depends on files: nothing is known, none is there, all are, all are directories. */
export type FileWorld = 'unknown' | 'missing' | 'found' | 'directory';

const lookups: Readonly<Record<FileWorld, (side: Side, request: TraceRequest) => FileLookup>> = {
  unknown: () => () => undefined,
  missing: () => () => 'missing',
  found: ({ config }, { target }) => foundFiles(config, target),
  directory: () => () => 'directory',
};

export function answerOf(side: Side, request: TraceRequest, world: FileWorld): Trace {
  return side.tracer(side, request, lookups[world](side, request));
}

/** The virtual host that a trace names by its place, or by one of its names; a place that is not there stands for what has no block. */
export function hostAt({ model }: Side, place: Place | undefined): VirtualHost | undefined {
  if (!place) return model.virtualHosts.find(({ directive }) => !directive);
  let known = hosts.get(model);
  if (!known) {
    const index = new Map<string, VirtualHost>();
    for (const host of model.virtualHosts) {
      if (host.directive) index.set(keyOf(headerOf(host.directive)), host);
      for (const { directive, word } of host.names) index.set(keyOf(placeIn(directive, word)), host);
    }
    hosts.set(model, (known = index));
  }
  return known.get(keyOf(place));
}

const hosts = new WeakMap<Model, ReadonlyMap<string, VirtualHost>>();
const routes = new WeakMap<Model, ReadonlyMap<string, Route>>();

/** The route that a trace names by its place. */
export function routeAt({ model }: Side, place: Place | undefined): Route | undefined {
  if (!place) return undefined;
  let known = routes.get(model);
  if (!known) routes.set(model, (known = indexOf(model)));
  return known.get(keyOf(place));
}

function indexOf(model: Model): ReadonlyMap<string, Route> {
  const index = new Map<string, Route>();
  for (const { routes: all } of model.virtualHosts)
    for (const route of all) {
      const key = keyOf(headerOf(route.directive));
      if (!index.has(key)) index.set(key, route);
    }
  return index;
}

/** The same for places that begin at the same character. */
export function keyOf({ file, start }: Place): string {
  return `${file.outer?.path ?? ''}\0${file.path}\0${file.outer?.offset ?? ''}\0${start}`;
}
