import type { Formatter } from './report.ts';

export const formats = [
  'pretty',
  'oneline',
  'json',
  'github',
  'gitlab',
  'sarif',
  'checkstyle',
  'junit',
  'rdjson',
  'markdown',
  'html',
] as const;
export type Format = (typeof formats)[number];

/** Loads one formatter; the others are never loaded. */
export async function loadFormatter(format: Format): Promise<Formatter> {
  switch (format) {
    case 'pretty':
      return (await import('./pretty.ts')).formatPretty;
    case 'oneline':
      return (await import('./oneline.ts')).formatOneline;
    case 'json':
      return (await import('./json.ts')).formatJson;
    case 'github':
      return (await import('./github.ts')).formatGithub;
    case 'gitlab':
      return (await import('./gitlab.ts')).formatGitlab;
    case 'sarif':
      return (await import('./sarif.ts')).formatSarif;
    case 'checkstyle':
      return (await import('./checkstyle.ts')).formatCheckstyle;
    case 'junit':
      return (await import('./junit.ts')).formatJunit;
    case 'rdjson':
      return (await import('./rdjson.ts')).formatRdjson;
    case 'markdown':
      return (await import('./markdown.ts')).formatMarkdown;
    case 'html':
      return (await import('./html/page.ts')).formatHtml;
  }
}
