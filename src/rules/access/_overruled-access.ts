/** Access rules that another one overrules. */
import { contains, parseNetwork } from '../../model/network.ts';
import type { Directive } from '../../syntax/tree.ts';
import { isConditional } from '../../servers/apache/meaning/section-kinds.ts';
import type { AccessGroup } from '../../servers/apache/meaning/access-compat.ts';

/** Whether every client that `rule` names is named by `earlier`, too. */
export function covers(earlier: Directive, rule: Directive): boolean {
  const [a, b] = [earlier.args[0]!.value, rule.args[0]!.value];
  if (a === 'all' || a === b) return true;
  const outer = parseNetwork(a);
  const inner = parseNetwork(b);
  return outer !== undefined && inner !== undefined && outer.prefix <= inner.prefix && contains(outer, inner);
}

export function textOf({ name, args }: Directive): string {
  return [name, ...args].map(({ value }) => value).join(' ');
}

export function grantsAll(rule: Directive): boolean {
  return textOf(rule).toLowerCase() === 'require all granted';
}

/** `not` is refused beside it or means something else; a second `all granted` is harmless. */
export function isPositive({ args }: Directive): boolean {
  const first = args[0]?.value.toLowerCase();
  return first !== 'not' && !(first === 'all' && args[1]?.value.toLowerCase() === 'granted');
}

export function overruledDeny({ legacy, block }: AccessGroup): { deny: Directive; allow: Directive } | undefined {
  if (block.owner && isConditional(block.owner)) return undefined;
  const order = legacy.findLast(({ key }) => key === 'order')?.args[0]?.value.toLowerCase() ?? 'deny,allow';
  const allow = legacy.find(({ key, args }) => key === 'allow' && /^all$/i.test(args[1]?.value ?? ''));
  const deny = legacy.find(({ key }) => key === 'deny');
  return order === 'deny,allow' && allow && deny ? { deny, allow } : undefined;
}
