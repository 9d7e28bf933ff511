import { unknown } from '../../model.ts';
import type { Directive } from '../../syntax.ts';
import type { Environment } from './environment.ts';
import { readLevel, type Level } from './level.ts';
import { everything, prefixPaths, regexPaths, type PathSet } from './paths.ts';

type Kind = 'proxy' | 'location' | 'files' | 'condition';

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['proxy', 'proxy'],
  ['proxymatch', 'proxy'],
  ['location', 'location'],
  ['locationmatch', 'location'],
  ['directory', 'files'],
  ['directorymatch', 'files'],
  ['files', 'files'],
  ['filesmatch', 'files'],
  ['if', 'condition'],
  ['elseif', 'condition'],
  ['else', 'condition'],
]);

export function isSection(key: string): boolean {
  return kinds.has(key);
}

/** A section that is merged over the server's settings for the requests it matches. */
export interface Section {
  readonly kind: Kind;
  readonly directive: Directive;
  readonly level: Level;
  readonly certain: boolean;
  /** The section around it: `<If>` in `<Location>`, `<Files>` in `<Directory>`. */
  readonly parent: Section | undefined;
  /** The paths of a Location, the backend URLs of a Proxy; undefined where not known. */
  readonly paths: PathSet | undefined;
}

/** The sections of a level and those nested in them, in file order. */
export function sectionsOf(level: Level, environment: Environment, parent?: Section): Section[] {
  const sections: Section[] = [];
  for (const { directive, certain } of level.items) {
    const kind = kinds.get(directive.key);
    if (!kind) continue;
    const inner = readLevel(directive.block, environment, certain);
    const section = { kind, directive, level: inner, certain, parent, paths: pathsOf(directive, kind, environment) };
    sections.push(section, ...sectionsOf(inner, environment, section));
  }
  return sections;
}

function pathsOf(directive: Directive, kind: Kind, environment: Environment): PathSet | undefined {
  const words = directive.args;
  const isRegex = directive.key.endsWith('match') || words[0]?.value === '~';
  const word = words[0]?.value === '~' ? words[1] : words[0];
  const text = word && environment.text(word);
  if (text === undefined || text === unknown) return undefined;
  const paths = isRegex ? regexPaths(text) : undefined;
  if (kind === 'proxy' && paths === everything) return prefixPaths('');
  if (paths) return paths;
  // In the URL of a <Proxy>, a star matches slashes too.
  const wildcard = (kind === 'proxy' ? text.replace(/\*$/, '') : text).search(/[*?[]/);
  if (kind === 'proxy' && wildcard === -1) return prefixPaths(text.replace(/\*$/, ''));
  return wildcard === -1 ? prefixPaths(text) : { kind: 'regex', prefix: text.slice(0, wildcard) };
}
