import type { Place } from '../../../text/source.ts';
import { placeIn, type Directive } from '../../../syntax/tree.ts';
import type { At, Statement } from '../../diagnostic.ts';
import type { nginxMessages } from './messages.ts';

export type NginxRule = keyof typeof nginxMessages;
export type NginxReport<Id extends NginxRule> = Statement<(typeof nginxMessages)[Id]>;

/** A report, by rule and place, and where nginx notices it: where the directive ends. */
export interface Complaint {
  readonly key: string;
  readonly noticed: Place;
}

/** What nginx only warns of, or refuses when the whole block was read. */
const judgedLater: ReadonlySet<NginxRule> = new Set(['deprecated-directive', 'duplicate-location']);
/** What conditions of a template may take back. */
const needsWholeText = /^(?:duplicate|conflicting|missing-directive)/;
const noticedHere = 'the server notices it here';

/** What the analysis of one config found, by the rule that reports it. */
export class Refusals {
  readonly #byRule = new Map<NginxRule, unknown[]>();
  readonly #complaints = new Map<string, Complaint>();
  /** The directive that is being judged. */
  judged: Directive | undefined;

  add<Id extends NginxRule>(rule: Id, report: NginxReport<Id>): void {
    if (needsWholeText.test(rule) && placeOf(report.at).file.template?.gaps.length) return;
    const full = this.#note(rule, report);
    const reports = this.#byRule.get(rule);
    if (reports) reports.push(full);
    else this.#byRule.set(rule, [full]);
  }

  of<Id extends NginxRule>(rule: Id): readonly NginxReport<Id>[] {
    return (this.#byRule.get(rule) ?? []) as NginxReport<Id>[];
  }

  /** Whether nginx refuses anything that was judged. */
  get isRefused(): boolean {
    return this.#complaints.size > 0;
  }

  /** What nginx refuses, in the order of the analysis. */
  get complaints(): Iterable<Complaint> {
    return this.#complaints.values();
  }

  has(key: string): boolean {
    return this.#complaints.has(key);
  }

  /** nginx names the line where a directive ends: that of one that spans lines is added to the report. */
  #note<Id extends NginxRule>(rule: Id, report: NginxReport<Id>): NginxReport<Id> {
    const { judged } = this;
    if (!judged || judgedLater.has(rule) || report.severity === 'warning') return report;
    const place = placeOf(report.at);
    const noticed = endOfHeader(judged);
    const key = `${rule} ${place.file.path} ${place.start}`;
    this.#complaints.set(key, { key, noticed });
    if (place.file !== noticed.file || place.start > noticed.start) return report;
    if (!place.file.text.slice(place.start, noticed.start).includes('\n')) return report;
    const related = report.related ?? [];
    if (related.some(({ at }) => placeOf(at).start === noticed.start)) return report;
    return { ...report, related: [...related, { at: noticed, message: noticedHere }] };
  }
}

function placeOf(at: At): Place {
  return 'kind' in at ? placeIn(at, at) : at;
}

/** The `;` or `{` at which nginx judges a directive. */
function endOfHeader(directive: Directive): Place {
  const { block, end } = directive;
  return placeIn(directive, block?.open ?? { start: end - 1, end });
}
