/**
 * The name that nginx's combined hash would find: the longest leading wildcard (`*.example.com`, or `.example.com`,
 * which also stands for the bare name), else the longest trailing one (`www.example.*`). Names and host in lower case.
 */
export function matchWildcard(names: readonly string[], host: string): string | undefined {
  const bare = names.find((name) => name.startsWith('.') && name.slice(1) === host);
  if (bare !== undefined) return bare;
  return longest(names, (name) => leadingMatches(name, host)) ?? longest(names, (name) => trailingMatches(name, host));
}

function leadingMatches(name: string, host: string): boolean {
  const suffix = name.startsWith('*.') ? name.slice(1) : name.startsWith('.') ? name : undefined;
  return suffix !== undefined && host.length > suffix.length && host.endsWith(suffix);
}

function trailingMatches(name: string, host: string): boolean {
  return name.endsWith('.*') && host.length > name.length - 1 && host.startsWith(name.slice(0, -1));
}

function longest(names: readonly string[], matches: (name: string) => boolean): string | undefined {
  let best: string | undefined;
  for (const name of names) if (matches(name) && name.length > (best?.length ?? 0)) best = name;
  return best;
}
