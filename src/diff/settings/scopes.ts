/** Settings in force on two levels that answer the same request. */
import { contains, parseNetwork } from '../../model/network.ts';
import type { Scope } from '../../model/model.ts';
import type { SettingForms } from '../../servers/setting-forms.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { Difference } from '../difference.ts';
import type { Kind } from '../kinds.ts';
import { isHalfTraced, isTargetKey, isWeaker, settingKind } from './kinds.ts';
import { valueChange, type ValueChange } from './values.ts';

/** `withTraced`: also of what the tracer follows, where it can tell neither answer. */
export function settingDifferences(
  forms: SettingForms,
  old: Scope,
  now: Scope,
  withTraced: boolean,
): readonly Difference[] {
  const differences: Difference[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const isTraced = forms.isTraced(key);
    const kind = settingKind(key, isTraced) ?? (withTraced && isTraced && !isLevel(key) ? 'undecided' : undefined);
    if (kind === undefined) continue;
    const change = valueChange(forms, key, old.effective(key), now.effective(key));
    if (change && !isBlock(change.directive)) differences.push(differenceOf(key, kind, change));
  }
  const [people, peopleNow] = [old, now].map((scope) =>
    (forms.requirementKeys ?? []).flatMap((key) => scope.effective(key)),
  );
  return [...differences, ...peopleDifferences(forms, people!, peopleNow!)];
}

const isLevel = (key: string): boolean => key === 'listen' || key === 'server_name' || key === 'servername';

const isBlock = ({ block, key }: Directive): boolean => block !== undefined && key !== 'types';

/** What is said of one setting. */
export function differenceOf(
  key: string,
  kind: Kind,
  { name, was, is, wasForm, isForm, directive }: ValueChange,
): Difference {
  const said = { topic: name, was, is, directive, isShown: isHalfTraced(key) };
  if (kind === 'undecided' && isTargetKey(key)) return { ...said, kind: 'target' };
  if (kind === 'protection' && isWeaker(key, wasForm, isForm)) return { ...said, kind: 'protection-lost' };
  if (kind === 'header-trust' && !trustsMore(key, wasForm, isForm)) return { ...said, kind: 'protection' };
  return { ...said, kind };
}

/** Whether somebody is believed who was not: another header, a network that none of the old ones holds. */
function trustsMore(key: string, was: string, is: string): boolean {
  if (!/from$|proxy$/.test(key)) return true;
  const [old, now] = [was, is].map((form) => form.split(/[\0\n]/).filter((text) => text !== ''));
  return now!.some((text) => {
    const network = parseNetwork(text);
    return network ? !old!.some((each) => holds(each, text)) : !old!.includes(text);
  });
}

function holds(outer: string, inner: string): boolean {
  const [around, within] = [outer, inner].map((text) => parseNetwork(text));
  return around !== undefined && within !== undefined && around.prefix <= within.prefix && contains(around, within);
}

/** Which of those that log in are let in, by what the directives of two levels require: a request without a password shows it to nobody. */
export function peopleDifferences(
  forms: SettingForms,
  old: readonly Directive[],
  now: readonly Directive[],
): readonly Difference[] {
  if (!forms.peopleIn) return [];
  const change = valueChange({ ...forms, isListed: () => true }, 'require', forms.peopleIn(old), forms.peopleIn(now));
  if (!change) return [];
  const { was, is, directive } = change;
  return [{ topic: 'who is let in with a password', was, is, kind: 'protection', directive }];
}
