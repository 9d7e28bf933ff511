/** What proxylint says about a config, in the terms of a server: accepted or refused, and at which lines. */
import type { Finding } from '../../../src/rules/finding.ts';
import type { Config, Level } from '../../../src/syntax/config.ts';
import type { ActiveRule } from '../../../src/lint/plan.ts';
import { rules } from '../../../src/rules/index.gen.ts';
import type { Targets } from '../../../src/model/versions.ts';
import { lint } from '../../helpers/lint.ts';
import type { Server } from './install.ts';

/** Rules about files that the machine makes up for the servers. */
const environmentRules = new Set(['include-not-found']);

const active: readonly ActiveRule[] = rules
  .filter((rule) => rule.category === 'syntax' && !environmentRules.has(rule.id))
  .map((rule) => ({ rule }));

export interface OwnVerdict {
  readonly level: Level;
  readonly config: Config;
  /** The findings that say that the server refuses the text. */
  readonly refusals: readonly Finding[];
}

export interface OwnQuestion {
  readonly text: string;
  /** Where the text comes from, so that its includes are found beside it; undefined: includes stay unresolved. */
  readonly path?: string | undefined;
  readonly server: Server;
  readonly targets: Targets;
  readonly level?: Level | undefined;
}

export async function ownVerdict({ text, path, server, targets, level }: OwnQuestion): Promise<OwnVerdict> {
  const withIncludes = path !== undefined;
  const input = { path: path ?? 'config', text, dialect: server, targets, level, withIncludes };
  const { config, findings } = await lint(input, active);
  return { level: config.level, config, refusals: findings.filter((finding) => finding.severity === 'error') };
}

/** The line of a finding and of the places that explain it. */
export function linesOf(finding: Finding): number[] {
  return [finding, ...finding.related].map(({ place }) => place.file.positionAt(place.start).line);
}
