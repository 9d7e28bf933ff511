/** The line below the editor. */
import type { Analysis, Severity } from './protocol.ts';

const names = { nginx: 'nginx', apache: 'Apache httpd', sslh: 'sslh' } as const;

export function statusText({ findings, dialects, milliseconds }: Analysis): string {
  if (dialects.length === 0) return 'No configuration recognised';
  const counts = (['error', 'warning', 'info'] as const).map((severity) => countOf(findings, severity));
  const found = counts.filter((text) => text !== '').join(', ') || 'nothing found';
  return `${dialects.map((dialect) => names[dialect]).join(', ')}: ${found} in ${Math.max(1, Math.round(milliseconds))} ms`;
}

function countOf(findings: Analysis['findings'], severity: Severity): string {
  const count = findings.filter((finding) => finding.severity === severity).length;
  if (count === 0) return '';
  return `${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`;
}
