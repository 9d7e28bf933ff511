/** Response headers by which a browser protects the user; see the OWASP Secure Headers Project. */
const securityHeaders: ReadonlySet<string> = new Set([
  'strict-transport-security',
  'content-security-policy',
  'content-security-policy-report-only',
  'x-frame-options',
  'x-content-type-options',
  'referrer-policy',
  'permissions-policy',
  'feature-policy',
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
  'cross-origin-resource-policy',
  'x-permitted-cross-domain-policies',
]);

/** `name` in lower case. */
export function isSecurityHeader(name: string): boolean {
  return securityHeaders.has(name);
}
