/**
 * The name that nginx's combined hash would find: the longest leading wildcard (`*.example.com`, or `.example.com`,
 * which also stands for the bare name), else the longest trailing one (`www.example.*`). Names and host in lower case.
 */
export function matchWildcard(names: { has(name: string): boolean }, host: string): string | undefined {
  if (names.has(`.${host}`)) return `.${host}`;
  // The further left a suffix begins, the longer it is.
  for (let dot = host.indexOf('.', 1); dot !== -1; dot = host.indexOf('.', dot + 1)) {
    const suffix = host.slice(dot);
    if (names.has(`*${suffix}`)) return `*${suffix}`;
    if (names.has(suffix)) return suffix;
  }
  for (let dot = host.lastIndexOf('.'); dot > 0; dot = host.lastIndexOf('.', dot - 1)) {
    const name = `${host.slice(0, dot)}.*`;
    // Something follows the dot.
    if (dot < host.length - 1 && names.has(name)) return name;
  }
  return undefined;
}
