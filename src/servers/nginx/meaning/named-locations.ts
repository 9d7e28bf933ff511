import type { Config } from '../../../syntax/config.ts';
import type { ConfigFile } from '../../../syntax/tree.ts';
import type { Route } from '../../../model/model.ts';

const mentioned = new WeakMap<Config, ReadonlySet<string>>();

/**
 * Whether anything may lead to the named location: its name anywhere in the config but at a location or in a comment, be it in a map or a script. True
 * where something could not be read.
 */
export function isNamedLocationUsed(config: Config, { virtualHost, match }: Route): boolean {
  const { directive, scope, routes } = virtualHost;
  if (!directive || scope.open || routes.some((route) => route.scope.open)) return true;
  let names = mentioned.get(config);
  if (!names) mentioned.set(config, (names = mentionedNames(config)));
  return names.has(match.pattern);
}

function mentionedNames({ files }: Config): Set<string> {
  const names = new Set<string>();
  for (const file of files) {
    for (const match of withoutComments(file).matchAll(/(location\s+["']?)?(@[^\s;"'{}()\]]+)/g))
      if (!match[1]) names.add(match[2]!);
  }
  return names;
}

function withoutComments({ source, comments }: ConfigFile): string {
  const starts = [0, ...comments.map(({ end }) => end)];
  return starts.map((start, index) => source.text.slice(start, comments[index]?.start)).join('');
}
