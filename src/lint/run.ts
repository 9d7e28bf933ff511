/** Runs rules over one config in one walk. */
import type { ApplicationSetting } from '../facts/applications/told.ts';
import { Contents } from './contents.ts';
import { withError, type Failure } from './failure.ts';
import type { Finding } from '../rules/finding.ts';
import { withLineEnds } from '../fix/line-ends.ts';
import { lower, serverOf } from '../servers/index.ts';
import type { FindCondition } from '../servers/server.ts';
import type { Config } from '../syntax/config.ts';
import type { Model, Tls } from '../model/model.ts';
import { once } from '../text/once.ts';
import type { Place } from '../text/source.ts';
import { asWritten } from '../text/template/placeholder.ts';
import { headerOf, type Block } from '../syntax/tree.ts';
import { children } from '../syntax/walk.ts';
import { adviceFor } from '../rules/advice.ts';
import type { At } from '../rules/define-rule.ts';
import { type AtHand, RunContext } from './context.ts';
import { Hooks } from './hooks.ts';
import { type ActiveRule, planOf } from './plan.ts';
import { type Listener, RuleGuard } from './rule-guard.ts';
import { type Suppressed, applySuppressions } from './suppress.ts';
import { unnamedMachine } from '../topology/machine.ts';
import { Topology } from '../topology/topology.ts';
import { Witnesses } from './witness.ts';
import type { Targets } from '../model/versions.ts';

export type { ActiveRule };

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

const docs = 'https://github.com/proxylint/proxylint/blob/main/docs/rules';

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
  for (const { active, needs, options: ofRule, checks } of plan.rules) {
    const run = { rule: active.rule, hasFailed: false };
    try {
      if (needs && !contents.meet(needs)) continue;
      const context = new RunContext(atHand, ofRule, (report) => {
        const finding = toFinding(active, reported, report);
        findings.push(report.unconditional ? finding : underCondition(finding, active, conditionAround));
      });
      for (const check of checks) hooks.add(run, check(context));
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

type AnyReport = Parameters<RunContext['report']>[0];

interface Reported {
  readonly config: Config;
  readonly witnesses: Witnesses;
}

function toFinding(active: ActiveRule, { config, witnesses }: Reported, report: AnyReport): Finding {
  const { rule } = active;
  const { meta } = rule;
  const place = placeOf(report.at);
  const written = place.file.template ? asWritten : (text: string): string => text;
  // One object and no copies of it: a rule may have thousands of findings.
  const finding: Writable<Finding> = {
    rule: rule.id,
    category: rule.category as Finding['category'],
    severity: active.severity ?? report.severity ?? meta.severity,
    confidence: report.confidence ?? meta.confidence,
    messageId: report.message,
    message: written(fill(rule.messages[report.message]!, report.data)),
    why: report.why ?? meta.why,
    how: report.how ?? adviceFor(meta.how, config.dialect),
    url: rule.url ?? `${docs}/${rule.id}.md`,
    dialect: config.dialect,
    place,
    related: (report.related ?? []).map(({ at, message }) => ({ place: placeOf(at), message: written(message) })),
  };
  if (report.fix)
    finding.fix = {
      safety: report.fix.safety ?? meta.fixable ?? 'safe',
      title: report.fix.title,
      edits: report.fix.edits.map((edit) => withLineEnds({ place: edit.place, text: written(edit.text) })),
    };
  if (report.witness !== undefined) finding.witness = written(witnesses.filled(report.witness, place));
  return finding;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What holds only under a condition that may not hold is no error: the finding names the condition. */
function underCondition(finding: Finding, { severity }: ActiveRule, conditionAround: FindCondition): Finding {
  const condition = conditionAround(finding.place);
  if (!condition) return finding;
  const { tag, place } = condition;
  return {
    ...finding,
    severity: severity ?? (finding.severity === 'error' ? 'warning' : finding.severity),
    why: `This holds where the server reads what stands in ${tag}. ${finding.why}`,
    related: [...finding.related, { place, message: `only under the condition ${tag}` }],
  };
}

function placeOf(at: At): Place {
  return 'file' in at ? at : headerOf(at);
}

function fill(text: string, data: Readonly<Record<string, string | number>> | undefined): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(data?.[name] ?? `{{${name}}}`));
}

async function runHooks(hooks: Hooks, config: Config, lowered: () => Model, guard: RuleGuard): Promise<void> {
  guard.call(hooks.start, undefined);
  for (const file of config.files) {
    guard.call(hooks.file, file);
    for (const problem of file.problems)
      guard.call(hooks.problem, { ...problem, file: file.source, problem, of: file });
  }
  walkSyntax(hooks, config.file.root, guard);
  const listening = hooks.ofModel;
  if (listening.length > 0) {
    const model = modelFor(listening, lowered, guard);
    if (model) walkModel(hooks, model, guard);
  }
  await guard.settle();
  guard.call(hooks.end, undefined);
  await guard.settle();
}

/** Undefined if the config could not be lowered; the rules that listen to the model have failed then. */
function modelFor(listening: readonly Listener<never>[], lowered: () => Model, guard: RuleGuard): Model | undefined {
  try {
    return lowered();
  } catch (error) {
    for (const { run } of listening) guard.fail(run, error);
    return undefined;
  }
}

function walkSyntax(hooks: Hooks, root: Block, guard: RuleGuard): void {
  // An explicit stack: the parsers bound the depth of a file, but included files add up.
  const stack: Block[] = [root];
  for (let block = stack.pop(); block; block = stack.pop()) {
    guard.call(hooks.block, block);
    const directives = children(block);
    for (const directive of directives) {
      guard.call(hooks.everyDirective, directive);
      const named = hooks.directives.get(directive.key);
      if (named) guard.call(named, directive);
    }
    for (let index = directives.length - 1; index >= 0; index--) {
      const inner = directives[index]!.block;
      if (inner) stack.push(inner);
    }
  }
}

function walkModel(on: Hooks, model: Model, guard: RuleGuard): void {
  const seen = new Set<Tls>();
  for (const listener of model.listeners) guard.call(on.listener, listener);
  for (const host of model.virtualHosts) {
    guard.call(on.virtualHost, host);
    if (!seen.has(host.tls)) guard.call(on.tls, host.tls);
    seen.add(host.tls);
    if (on.route.length > 0) for (const route of host.routes) guard.call(on.route, route);
  }
  for (const tls of model.outerTls) guard.call(on.tls, tls);
  for (const upstream of model.upstreams) guard.call(on.upstream, upstream);
}

/** A file that is included at several places is linted at each, but one mistake in it is one finding. */
function sortAndDeduplicate(findings: readonly Finding[]): Finding[] {
  const unique = new Map<string, Finding>();
  for (const finding of findings) {
    const { place } = finding;
    const key = `${place.file.path}\0${place.start}\0${place.end}\0${finding.rule}\0${finding.message}`;
    if (!unique.has(key)) unique.set(key, finding);
  }
  return [...unique.values()].sort(compareFindings);
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.place.file.path, b.place.file.path) ||
    a.place.start - b.place.start ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
