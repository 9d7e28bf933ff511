/** Several compose files of one project as one, and services that extend others. Source: https://docs.docker.com/reference/compose-file/merge/ */

export type Fields = Readonly<Record<string, unknown>>;

export function toObject(value: unknown): Fields {
  return isMapping(value) ? value : {};
}

/** Deeper values are not read by anybody. */
const maxDepth = 8;

/** Mappings are merged, lists go behind each other, else the later value counts. */
export function merge(before: unknown, after: unknown, depth = 0): unknown {
  if (after === undefined || after === null) return before;
  if (Array.isArray(before) && Array.isArray(after)) return [...(before as unknown[]), ...(after as unknown[])];
  const [one, other] = [asMapping(before, after), asMapping(after, before)];
  if (depth >= maxDepth || !isMapping(one) || !isMapping(other)) return after;
  const merged: Record<string, unknown> = Object.assign(Object.create(null), one);
  for (const [key, value] of Object.entries(other)) merged[key] = merge(merged[key], value, depth + 1);
  return merged;
}

function isMapping(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of names beside a mapping: networks are written either way. */
function asMapping(value: unknown, other: unknown): unknown {
  return Array.isArray(value) && isMapping(other)
    ? Object.fromEntries((value as unknown[]).map((name) => [String(name), null]))
    : value;
}

/** A file whose services hold what they extend of the same file. */
export function withBases(file: Fields): Fields {
  const services = toObject(file['services']);
  const whole = Object.keys(services).map((name) => [name, extended(services, name)] as const);
  return whole.length === 0 ? file : { ...file, services: Object.fromEntries(whole) };
}

function extended(services: Fields, name: string): Fields {
  const chain: Fields[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = name; next !== undefined && !seen.has(next);) {
    seen.add(next);
    const service: Fields = toObject(services[next]);
    chain.unshift(service);
    const { extends: base } = service;
    const { service: named, file } = toObject(base);
    next =
      file !== undefined ? undefined : typeof base === 'string' ? base : typeof named === 'string' ? named : undefined;
  }
  return toObject(chain.reduce<unknown>((before, after) => merge(before, after), undefined));
}
