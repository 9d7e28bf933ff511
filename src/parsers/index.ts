import type { Dialect, Parse } from '../ir/syntax.ts';

/** Loads the parser of one dialect; the others are never loaded. */
export async function loadParser(dialect: Dialect): Promise<Parse> {
  switch (dialect) {
    case 'nginx':
      return (await import('./nginx/parse.ts')).parseNginx;
    case 'apache':
      return (await import('./apache/parse.ts')).parseApache;
    case 'sslh':
      return (await import('./sslh/parse.ts')).parseSslh;
  }
}
