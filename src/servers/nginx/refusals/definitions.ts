/** What the walk needs of each directive name, prepared once a version. */
import { newestNginx, nginxDirectives, nginxDirectivesIn } from '../facts/index.ts';
import type { NginxDirective } from '../facts/types.ts';
import { compareVersions, formatVersion, parseVersion, type Version } from '../../../model/versions.ts';
import { checkOf } from './checks.ts';
import { maskOf } from './contexts.ts';
import type { NginxCheck } from './run.ts';

export interface Definition {
  readonly facts: NginxDirective;
  readonly mask: number;
  /** Bit n is set where n arguments are allowed; counts above 30 follow `open`. */
  readonly counts: number;
  readonly open: boolean;
  readonly check: NginxCheck | undefined;
  readonly refusesSecond: boolean;
}

export interface Entry {
  /** The definitions of the nginx source that the version has. */
  readonly definitions: readonly Definition[];
  /** Every context of {@link definitions}. */
  readonly mask: number;
  /** Modules outside the nginx source define it too: where nothing else fits, nothing is known. */
  readonly isForeign: boolean;
  /** A definition that the version no longer has, or does not have yet. */
  readonly gone: NginxDirective | undefined;
  readonly coming: NginxDirective | undefined;
}

export type Entries = (name: string) => Entry;

const byVersion = new Map<string, Entries>();

export function entriesOf(target: Version | undefined): Entries {
  const version = target ?? parseVersion(newestNginx)!;
  const key = formatVersion(version);
  let lookUp = byVersion.get(key);
  if (!lookUp) byVersion.set(key, (lookUp = newEntries(version)));
  return lookUp;
}

function newEntries(version: Version): Entries {
  const known = new Map<string, Entry>();
  return (name) => {
    let entry = known.get(name);
    if (!entry) {
      entry = prepare(name, version);
      // Misspelled names of hostile files are not kept.
      if (entry.mask || entry.isForeign) known.set(name, entry);
    }
    return entry;
  };
}

function prepare(name: string, version: Version): Entry {
  const all = nginxDirectives(name);
  const definitions = nginxDirectivesIn(name, version).filter(({ origin }) => origin === 'core');
  const missing = all.filter(({ origin }) => origin === 'core');
  return {
    definitions: definitions.map(definitionOf),
    mask: definitions.reduce((mask, { contexts }) => mask | maskOf(contexts), 0),
    isForeign: all.some(({ origin }) => origin !== 'core'),
    gone: missing.find(({ until }) => until !== undefined && compareVersions(version, parseVersion(until)!) >= 0),
    coming: missing.find(({ since }) => since !== undefined && compareVersions(version, parseVersion(since)!) < 0),
  };
}

function definitionOf(facts: NginxDirective): Definition {
  return {
    facts,
    mask: maskOf(facts.contexts),
    counts: (facts.counts ?? []).reduce((bits, count) => bits | (1 << count), 0),
    open: facts.counts === undefined,
    check: checkOf(facts),
    refusesSecond: facts.duplicate === 'error',
  };
}

/** Whether nginx takes this many arguments. */
export function takesCount(definition: Definition, count: number): boolean {
  return definition.open ? count >= definition.facts.min : count < 31 && (definition.counts & (1 << count)) !== 0;
}
