import { unknown } from '../../model/model.ts';
import { compilePcre } from '../../regex/pcre.ts';
import { sampleText } from '../../regex/sample.ts';
import { readUrl } from '../../model/url.ts';
import { isHttpUrl, withoutScheme } from '../../model/scheme.ts';
import { namesIn } from './_pattern-names.ts';
const stranger = 'evil.test';

export interface PatternUse {
  readonly pattern: string;
  readonly caseInsensitive: boolean;
  /** Origins are scheme and host, referers have a path too. */
  readonly header: 'origin' | 'referer';
  /** True where only a match of the whole value counts. */
  readonly whole?: boolean;
}

export interface Allowed {
  /** Empty: whatever the pattern names. */
  readonly domains: readonly string[];
  readonly httpsOnly: boolean;
}

/**
 * A foreign value that a pattern of allowed values admits although it names hosts. Undefined where there is none, or where the pattern
 * cannot be read.
 */
export function bypassOf(use: PatternUse, { domains, httpsOnly }: Allowed): string | undefined {
  const { pattern, header, whole } = use;
  const regex = compilePcre(pattern, use.caseInsensitive);
  if (!regex) return undefined;
  const admits = (value: string): boolean => {
    const match = regex.match(value);
    return match !== null && match !== unknown && (!whole || match[0] === value);
  };
  const names = namesIn(pattern);
  const end = header === 'referer' ? '/' : '';
  for (const name of names) {
    const value = foreign(name, header === 'referer').find(admits);
    if (value !== undefined) return value;
    if (domains.length > 0 && !isWithin(name, domains) && admits(`https://${name}${end}`))
      return `https://${name}${end}`;
    if (httpsOnly && admits(`http://${name}${end}`)) return `http://${name}${end}`;
  }
  return foreignSample(use, names, admits);
}

function isWithin(host: string, names: readonly string[]): boolean {
  return names.some((name) => host === name.toLowerCase() || host.endsWith(`.${name.toLowerCase()}`));
}

/** Values of sites that do not belong to the name. */
function foreign(name: string, path: boolean): string[] {
  const hosts = [
    `${name}.${stranger}`,
    `www.${name}.${stranger}`,
    `evil-${name}`,
    `evil${name}`,
    `other${name}`,
    ...withoutDot(name),
  ];
  const values = ['https', 'http'].flatMap((scheme) => hosts.map((host) => `${scheme}://${host}`));
  if (!path) return values;
  return [
    ...values.flatMap((value) => [`${value}/`, `https://${stranger}/?${value}/`]),
    `https://${stranger}/?x.${name}/`,
  ];
}

/** A dot that stands for any character: one that ends the domain somebody owns. */
function withoutDot(name: string): string[] {
  const labels = name.split('.');
  const joined = (at: number): string => `${labels.slice(0, at).join('.')}x${labels.slice(at).join('.')}`;
  return labels.length > 2 ? [joined(labels.length - 2), joined(labels.length - 1)] : [joined(1)];
}

/** What the pattern itself describes, where gaps in it let a name become the end of another one: "[^/]+shop.*example\.com". */
function foreignSample(
  { pattern, header }: PatternUse,
  names: readonly string[],
  admits: (value: string) => boolean,
): string | undefined {
  const sample = names.length > 0 ? sampleText(pattern) : undefined;
  if (sample === undefined) return undefined;
  const url = readUrl(sample);
  const host = isHttpUrl(sample) && /^[\w.-]+$/.test(url.host.text) ? url.host.text : undefined;
  if (host === undefined || !names.some((name) => host.endsWith(name)) || isWithin(host, names)) return undefined;
  const value = header === 'origin' ? sample.slice(0, url.authority.end) : sample;
  return admits(value) ? value : undefined;
}

/** Whether a pattern for origins wants a path behind the host, which no origin has. */
export function pathThatIsNone({ pattern, caseInsensitive, header }: PatternUse): boolean {
  const regex = header === 'origin' ? compilePcre(pattern, caseInsensitive) : undefined;
  const sample = regex && sampleText(pattern);
  if (!regex || !sample || !isHttpUrl(sample) || !/^[\w.:-]+\/$/.test(withoutScheme(sample))) return false;
  const origin = sample.slice(0, -1);
  return regex.matches(sample) === true && [origin, `${origin}:8443`].every((value) => regex.matches(value) === false);
}

/** Whether any site passes. */
export function admitsAll({ pattern, caseInsensitive }: Pick<PatternUse, 'pattern' | 'caseInsensitive'>): boolean {
  const regex = compilePcre(pattern, caseInsensitive);
  return regex !== undefined && ['https', 'http'].every((scheme) => regex.matches(`${scheme}://${stranger}`) === true);
}
