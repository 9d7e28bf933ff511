/** What may change, the most dangerous first, and how grave that is. */
import type { Severity } from '../rules/finding.ts';

export const kinds = {
  'refused-by-server': 'error',
  'access-opened': 'error',
  'protection-lost': 'error',
  'header-trust': 'error',
  'tls-weaker': 'error',
  target: 'warning',
  'access-closed': 'warning',
  'access-undecided': 'warning',
  handler: 'warning',
  path: 'warning',
  status: 'warning',
  redirect: 'warning',
  'listener-new': 'warning',
  'listener-gone': 'warning',
  'websocket-lost': 'warning',
  'security-header-lost': 'warning',
  'header-lost': 'warning',
  'header-changed': 'warning',
  'body-limit': 'warning',
  files: 'warning',
  protection: 'warning',
  'tls-changed': 'info',
  'listener-changed': 'info',
  'websocket-gained': 'info',
  'header-gained': 'info',
  'response-header': 'info',
  body: 'info',
  protocol: 'info',
  balancing: 'info',
  setting: 'info',
  undecided: 'info',
  'accepted-by-server': 'info',
} as const satisfies Readonly<Record<string, Severity>>;

export type Kind = keyof typeof kinds;

const order = Object.keys(kinds);

export function rankOf(kind: Kind): number {
  return order.indexOf(kind);
}
