/** Findings as diagnostics. */
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../../rules/finding.ts';
import type { ServerContext } from '../context.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** Rules about what could be deleted without a difference. */
const unnecessary =
  /^(?:unused-|unreachable-|shadowed-|deny-without-effect|empty-block|ineffective-directive|sslh-(?:shadowed|unreachable)|proxy-redirect-never-matches)/;
const deprecated = /^(?:deprecated-directive|removed-directive|legacy-access-control|obsolete-chain-file)$/;

export function diagnosticOf({ places }: ServerContext, finding: Finding): Diagnostic {
  const { rule, messageId, severity, message, why, how, url, place, related } = finding;
  const tags = tagsOf(rule);
  return {
    range: places.locationOf(place).range,
    severity: severities[severity],
    code: rule,
    codeDescription: { href: url },
    source: 'proxylint',
    message: `${message}\n${why} ${how}`,
    ...(tags.length > 0 && { tags }),
    ...(related.length > 0 && {
      relatedInformation: related.map(({ place, message }) => ({ location: places.locationOf(place), message })),
    }),
    data: { rule, messageId },
  };
}

function tagsOf(rule: string): DiagnosticTag[] {
  if (deprecated.test(rule)) return [DiagnosticTag.Deprecated];
  return unnecessary.test(rule) ? [DiagnosticTag.Unnecessary] : [];
}
