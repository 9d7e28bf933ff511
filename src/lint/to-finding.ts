/** From what a rule says to a finding: severity, texts and place. */
import type { Finding } from '../rules/finding.ts';
import { withLineEnds } from '../fix/line-ends.ts';
import { serverOf } from '../servers/index.ts';
import type { FindCondition } from '../servers/server.ts';
import type { Config } from '../syntax/config.ts';
import { outerEditOf } from '../text/outer-edit.ts';
import type { Place } from '../text/source.ts';
import { asWritten, isTemplated } from '../text/template/placeholder.ts';
import { headerOf } from '../syntax/tree.ts';
import { adviceFor } from '../rules/advice.ts';
import type { At } from '../rules/define-rule.ts';
import type { RunContext } from './context.ts';
import type { ActiveRule } from './plan.ts';
import type { Witnesses } from './witness.ts';

const docs = 'https://github.com/proxylint/proxylint/blob/main/docs/rules';

type AnyReport = Parameters<RunContext['report']>[0];

interface Reported {
  readonly config: Config;
  readonly witnesses: Witnesses;
}

export function toFinding(active: ActiveRule, { config, witnesses }: Reported, report: AnyReport): Finding {
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
  if (report.fix && !report.fix.edits.some((edit) => isFilledIn(config, edit.place))) {
    const { safety = meta.fixable ?? 'safe', title } = report.fix;
    const edits = report.fix.edits.flatMap((edit) => {
      // What is put in is written otherwise than the rest.
      if (edit.place.file.outer?.filledIn && isTemplated(edit.text)) return [];
      return outerEditOf(withLineEnds({ place: edit.place, text: written(edit.text) })) ?? [];
    });
    // A fix is offered whole, or not at all.
    if (edits.length === report.fix.edits.length) finding.fix = { safety, title, edits };
  }
  if (report.witness !== undefined) finding.witness = written(witnesses.filled(report.witness, place));
  return finding;
}

/** What is put there only where it is used is not there to be rewritten. */
function isFilledIn(config: Config, place: Place): boolean {
  return serverOf(config.dialect).isFilledIn?.(config, place) ?? false;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What holds only under a condition that may not hold is no error: the finding names the condition. */
export function underCondition(finding: Finding, { severity }: ActiveRule, conditionAround: FindCondition): Finding {
  const condition = conditionAround(finding.place);
  if (!condition) return finding;
  const { place } = condition;
  const tag = place.file.template ? asWritten(condition.tag) : condition.tag;
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
