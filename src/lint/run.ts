/** Runs rules over one config in one walk. */
import type { ApplicationSetting } from '../facts/applications/told.ts';
import { Contents } from './contents.ts';
import { withError, type Failure } from './failure.ts';
import type { Finding } from '../rules/finding.ts';
import { lower, serverOf } from '../servers/index.ts';
import type { Config } from '../syntax/config.ts';
import type { Model } from '../model/model.ts';
import { once } from '../text/once.ts';
import { type AtHand, RunContext } from './context.ts';
import { Hooks } from './hooks.ts';
import { type ActiveRule, planOf } from './plan.ts';
import { RuleGuard } from './rule-guard.ts';
import { type Suppressed, applySuppressions } from './suppress.ts';
import { unnamedMachine } from '../topology/machine.ts';
import { Topology } from '../topology/topology.ts';
import { Witnesses } from './witness.ts';
import type { Targets } from '../model/versions.ts';
import { toFinding, underCondition } from './to-finding.ts';
import { timed } from './timed.ts';
import type { Timings } from './timings.ts';
import { runHooks } from './walk-config.ts';
import { sortAndDeduplicate } from './order-findings.ts';

export interface LintOptions {
  readonly rules: readonly ActiveRule[];
  readonly targets: Targets;
  /** The ids that a suppression may name; left out: any. */
  readonly knownRules?: ReadonlySet<string>;
  /** False: comments silence nothing. */
  readonly suppressions?: boolean;
  /** The configs that it belongs to; left out: it stands by itself. */
  readonly topology?: Topology;
  /** What the config file says of hosts and backends. */
  readonly applications?: readonly ApplicationSetting[];
  /** To be told what takes time; left out: nobody asks. */
  readonly timings?: Timings | undefined;
}

export interface LintOutcome {
  /** In the order of the files' text. */
  readonly findings: readonly Finding[];
  /** What comments in the config silence. */
  readonly suppressed: readonly Finding[];
  /** Rules that threw; their findings up to then are among the others. */
  readonly failures: readonly Failure[];
}

/** A rule that throws, or whose promise is rejected, becomes a {@link Failure}. */
export async function lintConfig(config: Config, options: LintOptions): Promise<LintOutcome> {
  const findings: Finding[] = [];
  const own = options.topology?.members.find((member) => member.config === config);
  const { timings } = options;
  const lowered = once((): Model => own?.model ?? timed(timings, 'model', () => lower(config, options.targets)));
  const topology = once(
    () =>
      options.topology ??
      new Topology([{ config, model: lowered(), targets: options.targets, machine: unnamedMachine() }], false),
  );
  const conditionAround = serverOf(config.dialect).undecided?.(config, options.targets) ?? (() => undefined);
  const reported = { config, witnesses: new Witnesses(() => knownModel(lowered)) };
  const guard = new RuleGuard(config);
  const plan = planOf(options.rules, config.dialect);
  const contents = new Contents(config);
  const hooks = new Hooks((key) => contents.hasKey(key));
  const atHand: AtHand = {
    config,
    targets: options.targets,
    applications: options.applications ?? [],
    knownRules: options.knownRules ?? plan.ids,
    lowered,
    topology,
  };
  for (const planned of plan.rules) {
    const { active, needs } = planned;
    const run = { rule: active.rule, hasFailed: false };
    try {
      if (needs && !contents.meet(needs)) continue;
      const context = new RunContext(atHand, planned.options, (report) => {
        const finding = toFinding(active, reported, report);
        findings.push(report.unconditional ? finding : underCondition(finding, active, conditionAround));
      });
      for (const check of planned.checks)
        hooks.add(run, timings ? timings.check(active.rule.id, check)(context) : check(context));
    } catch (error) {
      guard.fail(run, error);
    }
  }
  await runHooks(hooks, config, lowered, guard);
  const found = sortAndDeduplicate(findings);
  if (options.suppressions === false) return { findings: found, suppressed: [], failures: guard.failures };
  const { kept, suppressed, suppressions, failure } = suppress(config, found, options.knownRules, plan.ids);
  if (suppressions.length > 0) {
    findings.length = 0;
    for (const suppression of suppressions) guard.call(hooks.suppression, suppression);
    await guard.settle();
  }
  return {
    findings: suppressions.length > 0 ? sortAndDeduplicate([...kept, ...findings]) : kept,
    suppressed,
    failures: [...guard.failures, ...(failure ? [failure] : [])],
  };
}

/** Empty where the config cannot be lowered, which the rules that ask the model tell. */
function knownModel(lowered: () => Model): Model {
  try {
    return lowered();
  } catch {
    return { dialect: 'sslh', listeners: [], virtualHosts: [], upstreams: [], outerTls: [] };
  }
}

/** Where the comments cannot be read, nothing is silenced. */
function suppress(
  config: Config,
  findings: readonly Finding[],
  known: ReadonlySet<string> | undefined,
  active: ReadonlySet<string>,
): Suppressed & { readonly failure?: Failure } {
  try {
    return applySuppressions(config, findings, { known, active });
  } catch (error) {
    const { dialect, file } = config;
    const failure = withError({ rules: suppressionRules, file: file.source, dialect }, error);
    return { kept: findings, suppressed: [], suppressions: [], failure };
  }
}

const suppressionRules = ['invalid-suppression', 'unused-suppression'];
