/** One comparison of the real verdict with ours. */
import { dirname, resolve } from 'node:path';

import type { Level } from '../../../src/syntax/config.ts';
import type { Targets } from '../../../src/model/versions.ts';
import { excuseFor } from './excuses.ts';
import type { Server } from './install.ts';
import type { Oracle } from './oracle.ts';
import { linesOf, ownVerdict, type OwnVerdict } from './ours.ts';
import { machineDecides } from './surroundings.ts';
import type { Verdict } from './verdict.ts';

/**
 * `agreed`: both accept or both refuse; `false-refusal`: only we refuse; `missed`: only the server refuses;
 * `not-judged`: the text alone does not decide, `reason` says why.
 */
export interface Comparison {
  readonly outcome: 'agreed' | 'false-refusal' | 'missed' | 'not-judged';
  readonly real: Verdict | undefined;
  readonly own: OwnVerdict;
  readonly reason?: string;
  /** Both refuse, and a finding stands at the server's line or names it; undefined if there is nothing to compare. */
  readonly sameLine: boolean | undefined;
}

export interface Subject {
  readonly text: string;
  /** Undefined: the files that it includes are empty. */
  readonly path?: string | undefined;
  readonly targets: Targets;
  /** Undefined: as proxylint infers it. */
  readonly level?: Level | undefined;
  /** Level that the server is asked for where it differs: that of the text before a mutation. */
  readonly realLevel?: Level | undefined;
}

export async function compare(server: Server, oracle: Oracle, subject: Subject): Promise<Comparison> {
  const own = await ownVerdict({ ...subject, server });
  const level = subject.realLevel ?? own.level;
  const folder = subject.path === undefined ? undefined : resolve(dirname(subject.path));
  const real = await oracle.ask({ text: subject.text, level, folder });
  if (!real) return { outcome: 'not-judged', real, own, reason: `level ${level}`, sameLine: undefined };
  const refused = own.refusals.length > 0;
  if (real.accepted) return { outcome: refused ? 'false-refusal' : 'agreed', real, own, sameLine: undefined };
  const reason = refused ? undefined : reasonNotToJudge(server, real, own, subject.targets);
  if (reason !== undefined) return { outcome: 'not-judged', real, own, reason, sameLine: undefined };
  if (!refused) return { outcome: 'missed', real, own, sameLine: undefined };
  const sameLine = real.line === undefined ? undefined : own.refusals.some((it) => linesOf(it).includes(real.line!));
  return { outcome: 'agreed', real, own, sameLine };
}

/** Of a text that only the server refuses. */
function reasonNotToJudge(server: Server, real: Verdict, own: OwnVerdict, targets: Targets): string | undefined {
  const excuse = excuseFor(server, real.message, own.config);
  if (excuse !== undefined || server === 'nginx' || real.line === undefined) return excuse;
  return machineDecides(own.config, targets, real.line);
}

/** For a report: the outcome, and what each side said. */
export function describeComparison({ outcome, real, own, reason }: Comparison): string {
  const theirs = real?.accepted ? 'accepts' : `line ${real?.line ?? '?'}: ${real?.message}`;
  const ours = own.refusals.map((it) => `line ${linesOf(it)[0]}: ${it.rule}: ${it.message}`).join('; ') || 'accepts';
  return `${outcome}${reason === undefined ? '' : ` (${reason})`}; server ${theirs}; proxylint ${ours}`;
}
