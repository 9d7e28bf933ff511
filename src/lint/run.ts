/** Runs rules over one config in one walk. */
import type { Finding, Severity } from '../rules/finding.ts';
import { emptyModel, lower } from '../servers/lower.ts';
import type { Config } from '../syntax/config.ts';
import type { Model, Tls } from '../model/model.ts';
import type { Place } from '../text/source.ts';
import { asWritten } from '../text/template/mask.ts';
import { headerOf, type Block, type Directive } from '../syntax/tree.ts';
import { children } from '../syntax/walk.ts';
import type { At, Rule, Visitor } from '../rules/define-rule.ts';
import { applySuppressions } from './suppress.ts';
import { tagOf, UndecidedConditions } from '../undecided.ts';
import type { Targets } from '../model/versions.ts';

/** A rule that is switched on. */
export interface ActiveRule {
  readonly rule: Rule;
  /** Replaces the severity of each finding; undefined keeps what the rule says. */
  readonly severity?: Severity;
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface LintOptions {
  readonly rules: readonly ActiveRule[];
  readonly targets: Targets;
  /** The ids that a suppression may name; left out: any. */
  readonly knownRules?: ReadonlySet<string>;
}

export interface LintOutcome {
  /** In the order of the files' text. */
  readonly findings: readonly Finding[];
  /** What comments in the config silence. */
  readonly suppressed: readonly Finding[];
}

const docs = 'https://github.com/proxylint/proxylint/blob/main/docs/rules';

export async function lintConfig(config: Config, options: LintOptions): Promise<LintOutcome> {
  const findings: Finding[] = [];
  let model: Model | undefined;
  const lowered = (): Model =>
    (model ??= config.dialect === 'sslh' ? emptyModel(config.dialect) : lower(config, options.targets));

  const conditions = new UndecidedConditions(config, options.targets);
  const activeIds = new Set(options.rules.map(({ rule }) => rule.id));
  const visitors: Visitor[] = [];
  for (const active of options.rules) {
    const { rule } = active;
    if (!rule.meta.dialects.includes(config.dialect)) continue;
    visitors.push(
      rule.check({
        config,
        dialect: config.dialect,
        targets: options.targets,
        options: { ...defaultsOf(rule), ...active.options },
        knownRules: options.knownRules ?? activeIds,
        get model() {
          return lowered();
        },
        report: (report) => findings.push(underCondition(toFinding(active, config, report), active, conditions)),
      }),
    );
  }
  await run(visitors, config, lowered);
  const { kept, suppressed, suppressions } = applySuppressions(config, sortAndDeduplicate(findings), {
    known: options.knownRules,
    active: activeIds,
  });
  if (suppressions.length === 0) return { findings: kept, suppressed };
  findings.length = 0;
  for (const suppression of suppressions) for (const visitor of visitors) visitor.suppression?.(suppression);
  return { findings: sortAndDeduplicate([...kept, ...findings]), suppressed };
}

const defaults = new WeakMap<Rule, Readonly<Record<string, unknown>>>();

function defaultsOf(rule: Rule): Readonly<Record<string, unknown>> {
  let values = defaults.get(rule);
  if (!values) {
    const schemas = Object.entries(rule.meta.options ?? {}) as [string, { default?: unknown }][];
    defaults.set(rule, (values = Object.fromEntries(schemas.map(([name, schema]) => [name, schema.default]))));
  }
  return values;
}

type AnyReport = Parameters<Parameters<Rule['check']>[0]['report']>[0];

function toFinding(active: ActiveRule, config: Config, report: AnyReport): Finding {
  const { rule } = active;
  const { meta } = rule;
  const place = placeOf(report.at);
  const written = place.file.template ? asWritten : (text: string): string => text;
  return {
    rule: rule.id,
    category: rule.category as Finding['category'],
    severity: active.severity ?? report.severity ?? meta.severity,
    confidence: report.confidence ?? meta.confidence,
    messageId: report.message,
    message: written(fill(rule.messages[report.message]!, report.data)),
    why: report.why ?? meta.why,
    how: report.how ?? meta.how,
    url: rule.url ?? `${docs}/${rule.id}.md`,
    dialect: config.dialect,
    place,
    related: (report.related ?? []).map(({ at, message }) => ({ place: placeOf(at), message: written(message) })),
    ...(report.fix && {
      fix: {
        ...report.fix,
        safety: report.fix.safety ?? meta.fixable ?? 'safe',
        edits: report.fix.edits.map((edit) => ({ ...edit, text: written(edit.text) })),
      },
    }),
    ...(report.witness !== undefined && { witness: written(report.witness) }),
  };
}

/** What holds only under a condition that may not hold is no error: the finding names the condition. */
function underCondition(finding: Finding, { severity }: ActiveRule, conditions: UndecidedConditions): Finding {
  const condition = conditions.around(finding.place);
  if (!condition) return finding;
  const tag = tagOf(condition);
  return {
    ...finding,
    severity: severity ?? (finding.severity === 'error' ? 'warning' : finding.severity),
    why: `This holds where the server reads what stands in ${tag}. ${finding.why}`,
    related: [...finding.related, { place: headerOf(condition), message: `only under the condition ${tag}` }],
  };
}

function placeOf(at: At): Place {
  return 'file' in at ? at : headerOf(at);
}

function fill(text: string, data: Readonly<Record<string, string | number>> | undefined): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(data?.[name] ?? `{{${name}}}`));
}

async function run(visitors: readonly Visitor[], config: Config, lowered: () => Model): Promise<void> {
  for (const visitor of visitors) visitor.start?.();
  for (const file of config.files) {
    for (const visitor of visitors) visitor.file?.(file);
    for (const problem of file.problems) for (const visitor of visitors) visitor.problem?.(problem, file);
  }
  walkSyntax(visitors, config.file.root);
  if (
    visitors.some(
      (visitor) => visitor.listener ?? visitor.virtualHost ?? visitor.route ?? visitor.upstream ?? visitor.tls,
    )
  ) {
    walkModel(visitors, lowered());
  }
  await Promise.all(visitors.map((visitor) => visitor.end?.()));
}

function walkSyntax(visitors: readonly Visitor[], root: Block): void {
  const everyDirective: ((directive: Directive) => void)[] = [];
  const everyBlock: ((block: Block) => void)[] = [];
  const byKey = new Map<string, ((directive: Directive) => void)[]>();
  for (const visitor of visitors) {
    if (visitor.block) everyBlock.push(visitor.block);
    for (const [key, visit] of Object.entries(visitor.directives ?? {})) {
      if (key === '*') everyDirective.push(visit);
      else if (byKey.has(key)) byKey.get(key)!.push(visit);
      else byKey.set(key, [visit]);
    }
  }
  // An explicit stack: the parsers bound the depth of a file, but included files add up.
  const stack: Block[] = [root];
  for (let block = stack.pop(); block; block = stack.pop()) {
    for (const visit of everyBlock) visit(block);
    const directives = children(block);
    for (const directive of directives) {
      for (const visit of everyDirective) visit(directive);
      const named = byKey.get(directive.key);
      if (named) for (const visit of named) visit(directive);
    }
    for (let index = directives.length - 1; index >= 0; index--) {
      const inner = directives[index]!.block;
      if (inner) stack.push(inner);
    }
  }
}

function walkModel(visitors: readonly Visitor[], model: Model): void {
  const onHost = hooksOf(visitors, 'virtualHost');
  const onTls = hooksOf(visitors, 'tls');
  const onRoute = hooksOf(visitors, 'route');
  const seen = new Set<Tls>();
  for (const listener of model.listeners) for (const visit of hooksOf(visitors, 'listener')) visit(listener);
  for (const host of model.virtualHosts) {
    for (const visit of onHost) visit(host);
    if (!seen.has(host.tls)) for (const visit of onTls) visit(host.tls);
    seen.add(host.tls);
    if (onRoute.length > 0) for (const route of host.routes) for (const visit of onRoute) visit(route);
  }
  for (const tls of model.outerTls) for (const visit of onTls) visit(tls);
  for (const upstream of model.upstreams) for (const visit of hooksOf(visitors, 'upstream')) visit(upstream);
}

/** The rules that listen, found once and not anew for each of thousands of hosts and routes. */
function hooksOf<Name extends keyof Visitor>(visitors: readonly Visitor[], name: Name): NonNullable<Visitor[Name]>[] {
  return visitors.map((visitor) => visitor[name]).filter((hook) => hook !== undefined);
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
