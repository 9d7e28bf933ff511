/** Runs rules over one config in one walk. */
import type { ApplicationSetting } from '../facts/applications/told.ts';
import { Contents } from './contents.ts';
import { withError, type Failure } from './failure.ts';
import type { Finding } from '../rules/finding.ts';
import { lower, serverOf } from '../servers/index.ts';
import type { Config } from '../syntax/config.ts';
import type { Model } from '../model/model.ts';
import { once } from '../text/once.ts';
import { checksFor } from '../rules/checks.ts';
import type { Rule } from '../rules/define-rule.ts';
import { RuleGuard } from './rule-guard.ts';
import { type Suppressed, applySuppressions } from './suppress.ts';
import { unnamedMachine } from '../topology/machine.ts';
import { Topology } from '../topology/topology.ts';
import { Witnesses } from './witness.ts';
import type { Targets } from '../model/versions.ts';
import type { ActiveRule } from './active-rule.ts';
import { type AnyContext, toFinding, underCondition } from './to-finding.ts';
import { type RunningVisitor, runVisitors, listenersOf } from './walk-config.ts';
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
  const lowered = once((): Model => own?.model ?? lower(config, options.targets));
  const topology = once(
    () =>
      options.topology ??
      new Topology([{ config, model: lowered(), targets: options.targets, machine: unnamedMachine() }], false),
  );
  const conditionAround = serverOf(config.dialect).undecided?.(config, options.targets) ?? (() => undefined);
  const reported = { config, witnesses: new Witnesses(() => knownModel(lowered)) };
  const guard = new RuleGuard(config);
  const activeIds = new Set(options.rules.map(({ rule }) => rule.id));
  const visitors: RunningVisitor[] = [];
  const contents = new Contents(config);
  for (const active of options.rules) {
    const { rule } = active;
    if (!rule.meta.dialects.includes(config.dialect)) continue;
    const run = { rule, hasFailed: false };
    try {
      if (lacksNeeds(rule, config, contents)) continue;
      const context: AnyContext = {
        config,
        dialect: config.dialect,
        targets: options.targets,
        applications: options.applications ?? [],
        options: { ...defaultsOf(rule), ...active.options },
        knownRules: options.knownRules ?? activeIds,
        get model() {
          return lowered();
        },
        get topology() {
          return topology();
        },
        report: (report) => {
          const finding = toFinding(active, reported, report);
          findings.push(report.unconditional ? finding : underCondition(finding, active, conditionAround));
        },
      };
      visitors.push(...checksFor(rule.check, config.dialect).map((check) => ({ run, visitor: check(context) })));
    } catch (error) {
      guard.fail(run, error);
    }
  }
  await runVisitors(visitors, config, lowered, guard);
  const found = sortAndDeduplicate(findings);
  if (options.suppressions === false) return { findings: found, suppressed: [], failures: guard.failures };
  const { kept, suppressed, suppressions, failure } = suppress(config, found, options.knownRules, activeIds);
  if (suppressions.length > 0) {
    findings.length = 0;
    const onSuppression = listenersOf(visitors, 'suppression');
    for (const suppression of suppressions) guard.call(onSuppression, suppression);
    await guard.settle();
  }
  return {
    findings: suppressions.length > 0 ? sortAndDeduplicate([...kept, ...findings]) : kept,
    suppressed,
    failures: [...guard.failures, ...(failure ? [failure] : [])],
  };
}

function lacksNeeds({ meta }: Rule, { dialect }: Config, contents: Contents): boolean {
  const needed = meta.needs?.[dialect];
  return needed !== undefined && !contents.meet(needed);
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

const defaults = new WeakMap<Rule, Readonly<Record<string, unknown>>>();

function defaultsOf(rule: Rule): Readonly<Record<string, unknown>> {
  let values = defaults.get(rule);
  if (!values) {
    const schemas = Object.entries(rule.meta.options ?? {});
    defaults.set(rule, (values = Object.fromEntries(schemas.map(([name, schema]) => [name, schema.default]))));
  }
  return values;
}
