/** Reads what was noted by hand about directives and variables: `annotations.json`, whose notes say from where. */
import type { DuplicateRule, Inheritance } from '../../src/servers/nginx/facts/types.ts';
import annotations from './annotations.json' with { type: 'json' };

type Groups = Readonly<Record<string, readonly (readonly string[])[]>>;

export const duplicatesBySetter: ReadonlyMap<string, DuplicateRule> = new Map(
  Object.entries(annotations.duplicates).flatMap(([rule, setters]) =>
    setters.map((setter) => [setter, rule as DuplicateRule] as const),
  ),
);

const listGroups = byDirective(annotations.listReplace);
const scalarGroups = byDirective(annotations.scalarGroups);
const notInherited = new Set(annotations.notInherited);

function byDirective(groups: Groups): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(groups).flatMap(([module, lists]) =>
      lists.flatMap((group) => group.map((name) => [`${module}/${name}`, group] as const)),
    ),
  );
}

/** @param key `module/directive`; @returns undefined where nothing is noted */
export function notedInheritance(key: string): Inheritance | undefined {
  if (listGroups.has(key)) return 'list-replace';
  return notInherited.has(key) ? 'not-inherited' : undefined;
}

/** The directives that are inherited together with this one, itself included; empty where it stands alone. */
export function groupOf(key: string): readonly string[] {
  const group = listGroups.get(key) ?? scalarGroups.get(key) ?? [];
  return group.length > 1 ? group : [];
}

export interface Deprecation {
  readonly since: string;
  readonly replacement: string | undefined;
}

export function deprecationOf(key: string): Deprecation | undefined {
  const noted = (annotations.deprecated as Readonly<Record<string, { since: string; replacement?: string }>>)[key];
  return noted && { since: noted.since, replacement: noted.replacement };
}

/** The first version of a variable that was there before its table; empty: it is older than 1.0.0. */
export function notedVariableSince(name: string): string | undefined {
  return (annotations.variableSince as Readonly<Record<string, string>>)[name];
}
