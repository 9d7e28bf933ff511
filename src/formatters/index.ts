import type { Formatter } from './report.ts';

export const formats = ['pretty', 'json', 'github', 'sarif'] as const;
export type Format = (typeof formats)[number];

/** Loads one formatter; the others are never loaded. */
export async function loadFormatter(format: Format): Promise<Formatter> {
  switch (format) {
    case 'pretty':
      return (await import('./pretty.ts')).formatPretty;
    case 'json':
      return (await import('./json.ts')).formatJson;
    case 'github':
      return (await import('./github.ts')).formatGithub;
    case 'sarif':
      return (await import('./sarif.ts')).formatSarif;
  }
}
