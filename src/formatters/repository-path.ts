import { isAbsolute, normalize } from '../text/paths.ts';

/** A path of the working directory as seen from the root of the repository; an absolute one stays. */
export function inRepository(path: string, prefix = ''): string {
  if (isAbsolute(path) || (prefix === '' && !path.startsWith('./'))) return path;
  return normalize(prefix + path);
}
