import { describeRanges, existsIn, findProbe, meantProbe, probeNames } from '../facts/index.ts';
import { formatVersion, isBefore } from '../../../model/versions.ts';
import type { Place } from '../../../text/source.ts';
import { suggest } from '../../../text/suggest.ts';
import { sslhConfig, stringOf } from '../meaning/entries.ts';
import type { Judged, Refusal } from './refusal.ts';

/** Names of entries that are no probe of the version. */
export function unknownProbes(judged: Judged): Refusal<'sslh-unknown-probe'>[] {
  return sslhConfig(judged).protocols.flatMap(({ settings, block }) => {
    const setting = settings.get('name');
    const name = stringOf(setting);
    if (!setting || name === undefined) return [];
    const at = { file: block.file, start: setting.args[0]!.start, end: setting.args.at(-1)!.end };
    return judgeProbe(name, at, judged) ?? [];
  });
}

function judgeProbe(name: string, at: Place, { version }: Judged): Refusal<'sslh-unknown-probe'> | undefined {
  if (name === 'ssl') {
    const severity = isBefore(version, '1.21') && ({ severity: 'warning' } as const);
    return {
      message: 'renamed',
      at,
      ...severity,
      fix: { title: 'Use the new name', edits: [{ place: at, text: '"tls"' }] },
    };
  }
  const probe = findProbe(name);
  if (!probe) {
    const known = probeNames(version);
    const nearest = meantProbe(name) ?? suggest(name, known);
    const hint = nearest === undefined ? '' : `, did you mean "${nearest}"`;
    return { message: 'unknown', at, data: { name, hint, known: known.join(', ') } };
  }
  if (existsIn(probe, version)) return undefined;
  return { message: 'version', at, data: { name, target: formatVersion(version), range: describeRanges([probe]) } };
}
