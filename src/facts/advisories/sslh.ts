/** Advisories of sslh. Source: its ChangeLog, 2.2.4. Form of the lines: see nginx.ts. */
export const sslhRows = `
CVE-2025-46807 high 1.0-2.2.3 2.2.4 always
CVE-2025-46806 medium 1.0-2.2.3 2.2.4 openvpn
`;
