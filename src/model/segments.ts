/**
 * Resolves `.` and `..` in a decoded path that begins with a slash, and merges slashes if asked, as nginx and httpd both do. Undefined where
 * `..` leads above the root.
 */
export function resolveSegments(path: string, mergeSlashes: boolean): string | undefined {
  const out: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '.') {
      if (last) out.push('');
    } else if (segment === '..') {
      if (out.length === 0) return undefined;
      out.pop();
      if (last) out.push('');
    } else if (segment !== '' || last || !mergeSlashes) out.push(segment);
  }
  return `/${out.join('/')}`;
}
