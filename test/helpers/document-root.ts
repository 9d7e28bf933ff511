/** The document root of the routing oracle (see `documentRoot` in `oracle/routing/play.ts`), without a file system. */
import type { FileKind } from '../../src/model/trace.ts';

export const root = '/srv/html';
const files = ['/index.html', '/a/index.html', '/a/b.txt', '/static/x.css', '/b.txt'].map((path) => `${root}${path}`);

export function lookup(path: string): FileKind {
  if (files.includes(path)) return 'file';
  const folder = path.replace(/\/*$/, '/');
  return folder === `${root}/b/` || files.some((file) => file.startsWith(folder)) ? 'directory' : 'missing';
}
