import type { Config } from '../../../syntax/config.ts';
import type { ConfigFile } from '../../../syntax/tree.ts';
import type { Route, VirtualHost } from '../../../model/model.ts';

interface Mentioned {
  readonly names: ReadonlySet<string>;
  /** What stands before the variable of `@app_$kind`. */
  readonly beginnings: readonly string[];
}

const mentioned = new WeakMap<Config, Mentioned>();

/**
 * Whether anything may lead to the named location: its name anywhere in the config but at a location or in a comment, be it in a map or a script. True
 * where something could not be read.
 */
export function isNamedLocationUsed(config: Config, { virtualHost, match }: Route): boolean {
  if (mayHoldMore(virtualHost)) return true;
  let found = mentioned.get(config);
  if (!found) mentioned.set(config, (found = mentionedNames(config)));
  return found.names.has(match.pattern) || found.beginnings.some((text) => match.pattern.startsWith(text));
}

const open = new WeakMap<VirtualHost, boolean>();

/** Asked once of each host: it may have thousands of named locations. */
function mayHoldMore(host: VirtualHost): boolean {
  let known = open.get(host);
  if (known === undefined) {
    const { directive, scope, routes } = host;
    open.set(host, (known = !directive || scope.open || routes.some((route) => route.scope.open)));
  }
  return known;
}

function mentionedNames({ files }: Config): Mentioned {
  const names = new Set<string>();
  for (const file of files) {
    for (const match of withoutComments(file).matchAll(/(location\s+["']?)?(@[^\s;"'{}()\]]+)/g))
      if (!match[1]) names.add(match[2]!);
  }
  const dynamic = [...names].filter((name) => name.includes('$'));
  return { names, beginnings: [...new Set(dynamic.map((name) => name.slice(0, name.indexOf('$'))))] };
}

function withoutComments({ source, comments }: ConfigFile): string {
  const starts = [0, ...comments.map(({ end }) => end)];
  return starts.map((start, index) => source.text.slice(start, comments[index]?.start)).join('');
}
