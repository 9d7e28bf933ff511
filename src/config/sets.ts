/** The sets of rules that `extends` and `--profile` name. */
import type { Severity } from '../rules/finding.ts';
import type { Rule } from '../rules/define-rule.ts';
import type { ConfigDocument, ConfigLayer } from './types.ts';

/** What a file in `profiles` holds. */
export interface Profile {
  readonly title: string;
  readonly source: string;
  /** Where the names of the items come from, and what is uncertain about them. */
  readonly numbers: string;
  /** Items that the text of a config does not answer, with the reason. */
  readonly outside: Readonly<Record<string, string>>;
  readonly rules: Readonly<
    Record<
      string,
      {
        /** The items of the benchmark that the rule answers. */
        readonly items?: readonly string[];
        /** Left out: that of the rule. */
        readonly severity?: Severity;
        readonly options?: Readonly<Record<string, unknown>>;
      }
    >
  >;
}

type Load = () => Promise<{ readonly default: unknown }>;

const profiles = {
  'cis-nginx': () => import('./profiles/cis-nginx.json', { with: { type: 'json' } }),
  'cis-apache': () => import('./profiles/cis-apache.json', { with: { type: 'json' } }),
  'stig-nginx': () => import('./profiles/stig-nginx.json', { with: { type: 'json' } }),
  'stig-apache': () => import('./profiles/stig-apache.json', { with: { type: 'json' } }),
  'mozilla-intermediate': () => import('./profiles/mozilla-intermediate.json', { with: { type: 'json' } }),
  'mozilla-modern': () => import('./profiles/mozilla-modern.json', { with: { type: 'json' } }),
} satisfies Readonly<Record<string, Load>>;

export type ProfileName = keyof typeof profiles;
export type SetName = 'recommended' | 'pedantic' | ProfileName;

export const profileNames = Object.keys(profiles) as readonly ProfileName[];
export const setNames: readonly SetName[] = ['recommended', 'pedantic', ...profileNames];

export function isSetName(name: string): name is SetName {
  return (setNames as readonly string[]).includes(name);
}

export async function loadProfile(name: ProfileName): Promise<Profile> {
  return (await profiles[name]()).default as Profile;
}

/** All profiles by name. */
export async function loadProfiles(): Promise<ReadonlyMap<string, Profile>> {
  return new Map(await Promise.all(profileNames.map(async (name) => [name, await loadProfile(name)] as const)));
}

/** The profiles that hold a rule, with the items of the benchmark that it answers. */
export function profilesOf(id: string, all: ReadonlyMap<string, Profile>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...all].flatMap(([name, { rules }]) =>
      Object.hasOwn(rules, id) ? [[name, rules[id]!.items ?? []] as const] : [],
    ),
  );
}

/** A set as a config document. The recommended set is on anyway; the others add their rules to it. */
export async function loadSet(name: SetName, rules: readonly Rule[]): Promise<ConfigLayer> {
  const document =
    name in profiles ? fromProfile(await loadProfile(name as ProfileName), rules) : fromMeta(name, rules);
  return { path: name, directory: '', document };
}

function fromMeta(name: string, rules: readonly Rule[]): ConfigDocument {
  const members = rules.filter((rule) => rule.meta.set === name || rule.meta.set === 'recommended');
  const entries = members.map((rule) => {
    const options = name === 'pedantic' ? rule.meta.pedanticOptions : undefined;
    return [rule.id, { ...untouched(rule), ...(options && { options }) }];
  });
  return { rules: Object.fromEntries(entries) as NonNullable<ConfigDocument['rules']> };
}

/** A rule that is not there (any more) is passed over. */
function fromProfile(profile: Profile, rules: readonly Rule[]): ConfigDocument {
  const members = rules.filter(({ id }) => Object.hasOwn(profile.rules, id));
  const entries = members.map((rule) => {
    const { severity, options } = profile.rules[rule.id]!;
    return [rule.id, { ...(severity ? { severity } : untouched(rule)), ...(options && { options }) }];
  });
  return { rules: Object.fromEntries(entries) as NonNullable<ConfigDocument['rules']> };
}

/** On, with the severity that the rule gives each finding. */
function untouched({ meta }: Rule): { severity: Severity; ownSeverity: Severity } {
  return { severity: meta.severity, ownSeverity: meta.severity };
}
