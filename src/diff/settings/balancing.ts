/** How groups of servers share the requests: weights, spare servers, methods. Which servers there are is told by who answers. */
import type { Upstream, UpstreamServer } from '../../model/model.ts';
import type { SettingForms } from '../../servers/setting-forms.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { groupBy } from '../../text/group-by.ts';
import type { Side } from '../side.ts';
import type { Fact } from './fact.ts';
import { valueChange, type ValueChange } from './values.ts';

/** Of groups that both sides have, by their name, or by their servers where they are called otherwise. */
export function balancingFacts(before: Side, after: Side): readonly Fact[] {
  const { forms } = after;
  if (!forms) return [];
  const byName = new Map(before.model.upstreams.map((each) => [each.name.toLowerCase(), each]));
  const names = new Set(after.model.upstreams.map(({ name }) => name.toLowerCase()));
  const renamed = groupBy(
    before.model.upstreams.filter(({ name }) => !names.has(name.toLowerCase())),
    addressesOf,
  );
  return after.model.upstreams.flatMap((now) => {
    const old = byName.get(now.name.toLowerCase()) ?? renamed.get(addressesOf(now))?.[0];
    return old ? [...serverFacts(old, now), ...methodFacts(forms, old, now)] : [];
  });
}

const addressesOf = ({ servers }: Upstream): string => servers.map(addressOf).sort().join(' ');
const addressOf = ({ address }: UpstreamServer): string => address.value.toLowerCase();

const factOf = ({ name }: Upstream): Pick<Fact, 'kind' | 'subject' | 'host'> => ({
  kind: 'balancing',
  subject: `the group ${name}`,
  host: undefined,
});

function serverFacts(old: Upstream, now: Upstream): readonly Fact[] {
  const known = groupBy(old.servers, addressOf);
  return [...groupBy(now.servers, addressOf)].flatMap(([address, servers]) => {
    const [was, is] = [known.get(address) ?? [], servers].map((all) => all.map(parametersOf).sort().join('; '));
    const { directive } = servers[0]!;
    if (!known.has(address) || was === is) return [];
    return [{ ...factOf(now), topic: `the server ${address}`, was: spoken(was!), is: spoken(is!), directive }];
  });
}

const spoken = (parameters: string): string => (parameters === '' ? 'without parameters' : parameters);

/** What holds where nothing is written. */
const defaults: ReadonlySet<string> = new Set([
  'weight=1',
  'max_fails=1',
  'fail_timeout=10s',
  'fail_timeout=10',
  'loadfactor=1',
]);

function parametersOf({ directive, address }: UpstreamServer): string {
  const words = directive.args.filter((word) => word !== address).map(({ value }) => value.toLowerCase());
  return words
    .filter((word) => !defaults.has(word))
    .sort()
    .join(' ');
}

function methodFacts(forms: SettingForms, old: Upstream, now: Upstream): readonly Fact[] {
  const [was, is] = [old, now].map((each) => groupBy(settingsOf(each), ({ key }) => key));
  return [...new Set([...was!.keys(), ...is!.keys()])].flatMap((key) => {
    const [before, after] = [was!.get(key) ?? [], is!.get(key) ?? []];
    const change = valueChange(forms, key, before, after) ?? presenceChange(before, after);
    return change
      ? [{ ...factOf(now), topic: change.name, was: change.was, is: change.is, directive: change.directive }]
      : [];
  });
}

/** Of what has no words: the method is there, or it is not. */
function presenceChange(
  [old]: readonly Directive[],
  [now]: readonly Directive[],
): Pick<ValueChange, 'name' | 'was' | 'is' | 'directive'> | undefined {
  if ((old && now) || (old ?? now)?.args.length !== 0) return undefined;
  const directive = (now ?? old)!;
  const [was, is] = [old, now].map((each) => (each ? 'set' : 'not set'));
  return { name: directive.name.value, was: was!, is: is!, directive };
}

function settingsOf({ directive: { block }, servers }: Upstream): readonly Directive[] {
  const own = new Set(servers.map(({ directive }) => directive));
  const all = block ? children(block) : [];
  return all.filter((each) => !each.block && !own.has(each) && each.key !== 'include');
}
