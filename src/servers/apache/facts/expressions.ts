/** The names that expressions may use; see `scripts/facts-apache/expressions.ts` and, for those of modules, their `ap_hook_expr_lookup`. */
import type { ExpressionUse } from '../../../syntax/tree.ts';
import { expressionNames } from './expressions.gen.ts';

export type ExpressionKind = ExpressionUse['kind'];

export interface ExpressionName {
  readonly name: string;
  /** First release that has it; undefined: 2.4.1 or older. */
  readonly since: string | undefined;
}

let tables: Map<ExpressionKind, ExpressionName[]> | undefined;

/** The names that the core of httpd knows. */
export function expressionNamesOf(kind: ExpressionKind): readonly ExpressionName[] {
  tables ??= readTables();
  return tables.get(kind) ?? [];
}

function readTables(): Map<ExpressionKind, ExpressionName[]> {
  const read = new Map<ExpressionKind, ExpressionName[]>();
  for (const row of expressionNames.split('\n')) {
    const [kind, name, since] = row.split('\t') as [ExpressionKind, string, string?];
    const names = read.get(kind) ?? [];
    names.push({ name, since });
    read.set(kind, names);
  }
  return read;
}

/** Undefined for a name that the core does not know. Only unary operators are compared in their case. */
export function findExpressionName(kind: ExpressionKind, name: string): ExpressionName | undefined {
  const same = kind === 'unary' ? name : name.toLowerCase();
  return expressionNamesOf(kind).find((each) => (kind === 'unary' ? each.name : each.name.toLowerCase()) === same);
}

/** Names that a module brings: mod_ssl everywhere, mod_proxy_hcheck in the conditions of health checks. */
export function isNameOfModule(kind: ExpressionKind, name: string): boolean {
  if (kind === 'variable') return /^SSL_|^HC_/i.test(name);
  if (kind === 'function') return name === 'SSL' || /^hc$/i.test(name);
  return kind === 'list' && name === 'PeerExtList';
}
