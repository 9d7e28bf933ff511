import { isBefore, type Version } from '../../model/versions.ts';

/** An advisory of nginx, with the first fixed releases of the stable and the mainline branch. */
interface Advisory {
  readonly since: string;
  readonly stable: string;
  readonly mainlineSince: string;
  readonly mainline: string;
}

/** Source: https://nginx.org/en/security_advisories.html */
export const advisories = {
  'CVE-2026-9256': { since: '0.1.17', stable: '1.30.2', mainlineSince: '1.31.0', mainline: '1.31.1' },
  'CVE-2026-42533': { since: '0.9.6', stable: '1.30.4', mainlineSince: '1.31.0', mainline: '1.31.3' },
  'CVE-2026-42945': { since: '0.6.27', stable: '1.30.1', mainlineSince: '1.31.0', mainline: '1.31.0' },
} as const satisfies Readonly<Record<string, Advisory>>;

/** Unknown where no version is named; distributions mend older releases without a new number. */
export function isAffected(advisory: Advisory, target: Version | undefined): boolean | 'unknown' {
  if (!target) return 'unknown';
  if (isBefore(target, advisory.since)) return false;
  return isBefore(target, isBefore(target, advisory.mainlineSince) ? advisory.stable : advisory.mainline);
}
