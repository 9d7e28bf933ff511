/** Signs of what is around all routes of a virtual host. */
import type { VirtualHost } from '../../../model/model.ts';
import type { SourceFile } from '../../../text/source.ts';
import { isSite, type ProxyRoute } from '../backends.ts';
import { signsOfFile, signsOfNames, type Sign } from './signs.ts';
import { documentMention } from './texts.ts';

type Groups = ReadonlyMap<string, readonly ProxyRoute[]>;

/** The routes that the site as a whole leads to, or all of it that is proxied. */
export function mainOf(groups: Groups): readonly ProxyRoute[] | undefined {
  for (const routes of groups.values()) if (groups.size === 1 || routes.some(isSite)) return routes;
  const all = [...groups.values()].flat();
  const shortest = all.reduce((a, b) => (b.match.pattern.length < a.match.pattern.length ? b : a));
  if (!all.every(({ match }) => match.pattern.startsWith(shortest.match.pattern))) return undefined;
  return [...groups.values()].find((routes) => routes.includes(shortest));
}

/** What is around a part of a site speaks of it less. */
export function weigh(signs: readonly Sign[], routes: readonly ProxyRoute[]): readonly Sign[] {
  return routes.some(isSite) ? signs : signs.map((sign) => ({ ...sign, weight: sign.weight - 1 }));
}

/** Signs of what is around all routes of a virtual host: they speak of what the site is for. */
export class Surroundings {
  readonly #ofFile = new Map<SourceFile, readonly Sign[]>();

  signsOf(host: VirtualHost, groups: Groups): readonly Sign[] {
    const names = signsOfNames(host.names);
    const [routes] = groups.values();
    const file = this.#signsOfFile(routes![0]!.directive.parent.file);
    return file.length === 0 ? names : [...names, ...file];
  }

  #signsOfFile(source: SourceFile): readonly Sign[] {
    let signs = this.#ofFile.get(source);
    if (!signs) this.#ofFile.set(source, (signs = source.outer ? signsOfDocument(source) : signsOfFile(source.path)));
    return signs;
  }
}

function signsOfDocument(source: SourceFile): Sign[] {
  const document = documentMention(source);
  if (document?.id === undefined) return [];
  const { id, text, isHeading } = document;
  return [{ id, weight: isHeading ? 3 : 2, kind: 'document', text, at: undefined }];
}
