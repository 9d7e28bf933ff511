/** The value of Strict-Transport-Security (RFC 6797, section 6.1). */

export const hstsHeader = 'strict-transport-security';

export interface Hsts {
  /** Seconds; undefined: not given, or no number. */
  readonly maxAge: number | undefined;
  readonly includeSubDomains: boolean;
  readonly preload: boolean;
}

/** Undefined for a value that the server fills in. */
export function readHsts(value: string): Hsts | undefined {
  if (/[$%{}]/.test(value)) return undefined;
  const directives = new Map(
    value
      .toLowerCase()
      .split(';')
      .map((part) => {
        const [name = '', argument] = part.split('=');
        return [name.trim(), argument?.trim().replace(/^"(.*)"$/, '$1')] as const;
      }),
  );
  const age = directives.get('max-age');
  return {
    maxAge: age !== undefined && /^\d+$/.test(age) ? Number(age) : undefined,
    includeSubDomains: directives.has('includesubdomains'),
    preload: directives.has('preload'),
  };
}
