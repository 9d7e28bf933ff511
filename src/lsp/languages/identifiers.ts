import type { Dialect } from '../../syntax/tree.ts';
import { wordTable } from '../../text/word-table.ts';

/** What editors call the languages. */
const dialects: Readonly<Record<string, Dialect>> = wordTable({
  nginx: 'nginx',
  apache: 'apache',
  apacheconf: 'apache',
  'apache-conf': 'apache',
  'apache-config': 'apache',
  httpd: 'apache',
  sslh: 'sslh',
});

export function dialectOfLanguage(id: string): Dialect | undefined {
  return dialects[id.toLowerCase()];
}
