/** Ranges of versions of applications: `>=3.7.1`, `<3`, `>=6.0 <7`. All parts of a range must hold. */
import { compareVersions, parseVersion, type Version } from '../../model/versions.ts';

/** `maybe`: the version is not known, and older ones are another matter than the newest. */
export type Holds = 'yes' | 'no' | 'maybe';

/** Whether a range holds for a version. One that is not known is taken to be new: only ranges that end before the newest are `maybe`. */
export function holdsFor(range: string | undefined, version: Version | undefined): Holds {
  if (range === undefined) return 'yes';
  const parts = range.split(' ').map(readPart);
  if (version) return parts.every(({ sign, limit }) => compare(sign, compareVersions(version, limit))) ? 'yes' : 'no';
  return parts.some(({ sign }) => sign.startsWith('<')) ? 'maybe' : 'yes';
}

/** As a reader would say it: `up to 3.8.1`, `before 1.29.0`, `from 3.7.1 on`. */
export function describeRange(range: string): string {
  const only = /^>=(\S+) <(\S+)$/.exec(range);
  if (only) return `from ${only[1]} on and before ${only[2]}`;
  return range.replace(/(<=|>=|<)(\S+)/g, (_, sign: '<=' | '>=' | '<', limit: string) => words[sign](limit));
}

const words = {
  '<=': (limit: string) => `up to ${limit}`,
  '<': (limit: string) => `before ${limit}`,
  '>=': (limit: string) => `from ${limit} on`,
} as const;

interface Part {
  readonly sign: '<=' | '>=' | '<';
  readonly limit: Version;
}

/** Throws for what is no range: the facts hold ranges only. */
function readPart(text: string): Part {
  const [, sign, limit] = /^(<=|>=|<)(.+)$/.exec(text) ?? [];
  const version = limit === undefined ? undefined : parseVersion(limit);
  if (!version) throw new Error(`"${text}" is no range of versions`);
  return { sign: sign as Part['sign'], limit: version };
}

function compare(sign: Part['sign'], difference: number): boolean {
  if (sign === '<=') return difference <= 0;
  return sign === '<' ? difference < 0 : difference >= 0;
}
