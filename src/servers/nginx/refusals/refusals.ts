import type { Place } from '../../../text/source.ts';
import { placeIn, type Directive } from '../../../syntax/tree.ts';
import type { At, Diagnostic, Sink } from '../../diagnostic.ts';
import type { nginxMessages } from './messages.ts';

export type NginxRule = keyof typeof nginxMessages;
export type NginxDiagnostic<Rule extends NginxRule = NginxRule> = Diagnostic<typeof nginxMessages, Rule>;

/** A diagnostic, by rule and place, and where nginx notices it: where the directive ends. */
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
export class Refusals implements Sink<typeof nginxMessages> {
  readonly #byRule = new Map<NginxRule, NginxDiagnostic[]>();
  readonly #complaints = new Map<string, Complaint>();
  /** The directive that is being judged. */
  judged: Directive | undefined;

  report(diagnostic: NginxDiagnostic): void {
    const { rule, at } = diagnostic;
    if (needsWholeText.test(rule) && (placeOf(at).file.template?.gaps.length || showsForms(diagnostic))) return;
    const full = this.#note(diagnostic);
    const known = this.#byRule.get(rule);
    if (known) known.push(full);
    else this.#byRule.set(rule, [full]);
  }

  of<Rule extends NginxRule>(rule: Rule): readonly NginxDiagnostic<Rule>[] {
    return (this.#byRule.get(rule) ?? []) as NginxDiagnostic<Rule>[];
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

  /** nginx names the line where a directive ends: that of one that spans lines is added. */
  #note(diagnostic: NginxDiagnostic): NginxDiagnostic {
    const { judged } = this;
    const { rule, at, severity, related = [] } = diagnostic;
    if (!judged || judgedLater.has(rule) || severity === 'warning') return diagnostic;
    const place = placeOf(at);
    const noticed = endOfHeader(judged);
    const key = `${rule} ${place.file.path} ${place.start}`;
    this.#complaints.set(key, { key, noticed });
    if (place.file !== noticed.file || place.start > noticed.start) return diagnostic;
    if (!place.file.text.slice(place.start, noticed.start).includes('\n')) return diagnostic;
    if (related.some(({ at }) => placeOf(at).start === noticed.start)) return diagnostic;
    return { ...diagnostic, related: [...related, { at: noticed, message: noticedHere }] };
  }
}

/** A document that shows lines without a block around them may show several forms of one, of which the reader takes one. */
function showsForms({ at, related = [] }: NginxDiagnostic): boolean {
  return [at, ...related.map((each) => each.at)].every(
    (each) => 'kind' in each && !each.parent.owner && each.parent.file.outer?.kind === 'document',
  );
}

function placeOf(at: At): Place {
  return 'kind' in at ? placeIn(at, at) : at;
}

/** The `;` or `{` at which nginx judges a directive. */
function endOfHeader(directive: Directive): Place {
  const { block, end } = directive;
  return placeIn(directive, block?.open ?? { start: end - 1, end });
}
