/** The items of an application's contract that a config is judged by, and how sure a finding about one is. */
import { describeRange, holdsFor } from '../../../facts/applications/versions.ts';
import type { Need } from '../../../facts/applications/types.ts';
import type { Offer } from '../../../edits/lines.ts';
import type { At } from '../../../servers/diagnostic.ts';
import type { RuleContext } from '../../define-rule.ts';
import type { Confidence, Severity } from '../../finding.ts';
import { evidenceOf, type Site } from './sites.ts';

export type NeedAbout<About extends Need['about']> = Extract<Need, { about: About }>;

/** Items of one kind that hold for the version of the application, as far as it is known. */
export function needsOf<About extends Need['about']>(site: Site, about: About): NeedAbout<About>[] {
  return site.application.needs.filter(
    (need): need is NeedAbout<About> => need.about === about && holdsFor(need.versions, site.version) !== 'no',
  );
}

interface Verdict {
  readonly severity: Severity;
  readonly confidence: Confidence;
}

/** Above info only what breaks something, is known from two sources or was played, and holds without a condition. */
export function verdictOn(site: Site, need: Need): Verdict {
  const isProven = need.proof === 'played' || need.proof === 'confirmed';
  const isCertain = holdsFor(need.versions, site.version) === 'yes' && need.when === undefined;
  if (site.sureness === 'probable') return { severity: 'info', confidence: 'low' };
  const isBreak = need.strength === 'breaks' || need.strength === 'security';
  return {
    severity: isBreak && isProven && isCertain ? 'warning' : 'info',
    confidence: isProven ? 'high' : 'medium',
  };
}

/** Whether it is no more than a proposal, which the recommended set is silent about. */
export function isProposal({ strength }: Need): boolean {
  return strength === 'recommended';
}

/** What a rule says of an item that does not hold. */
export interface Said<MessageId extends string> {
  readonly site: Site;
  readonly need: Need;
  readonly message: MessageId;
  readonly at: At;
  /** Fills the message, beside `application` and `symptom`. */
  readonly data?: Readonly<Record<string, string | number>>;
  readonly how?: string;
  /** Left out: what the item is worth. */
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  readonly fix?: Offer['fix'];
  readonly related?: readonly { readonly at: At; readonly message: string }[];
}

type Messages = Readonly<Record<string, string>>;

/** Reports with the evidence, the fact and its condition as the reason. */
export function say<Texts extends Messages>(
  { report }: Pick<RuleContext<Texts>, 'report'>,
  { site, need, data, related = [], ...said }: Said<keyof Texts & string>,
): void {
  const symptom = need.symptom === undefined ? '' : `: ${need.symptom}`;
  // Messages of one rule name different parts of the data, which the type of `report` does not allow for.
  (report as (each: object) => void)({
    ...verdictOn(site, need),
    ...said,
    data: { application: nameIn(site, need), symptom, ...data },
    why: reasonOf(site, need),
    related: [...related, ...relatedSigns(site)],
  });
}

/** With the versions where it is about old ones only. */
function nameIn({ application, version }: Site, { versions }: Need): string {
  return holdsFor(versions, version) === 'maybe' ? `${application.name} ${describeRange(versions!)}` : application.name;
}

/** The evidence, the fact, and for whom it holds. */
function reasonOf(site: Site, need: Need): string {
  const versions = need.versions === undefined ? '' : ` This holds ${describeRange(need.versions)}.`;
  const condition = need.when === undefined ? '' : ` Where: ${need.when}.`;
  return `${evidenceOf(site)} ${need.fact}${versions}${condition}`;
}

/** The signs that the application was recognised by; ports stand where the finding does. */
function relatedSigns({ signs, application }: Site): { at: At; message: string }[] {
  return signs.flatMap(({ at, kind }) =>
    at && kind !== 'port' ? [{ at, message: `a sign of ${application.name}` }] : [],
  );
}
