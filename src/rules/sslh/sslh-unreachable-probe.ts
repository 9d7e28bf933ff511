import { effectiveVersion } from '../../servers/sslh/facts/index.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { sslhConfig, stringIn, type Group } from '../../servers/sslh/meaning/entries.ts';
import {
  byTransport,
  isCatchAll,
  matchesNothing,
  probeOf,
  takesAll,
  timeoutEntry,
} from '../../servers/sslh/meaning/matching.ts';

export default defineRule({
  meta: {
    summary: 'An entry of "protocols" that an earlier one makes unreachable',
    why: 'Entries are tried in the order of the file, and the first that matches wins. The later entry never gets a connection.',
    how: 'Put the entry with the narrower match first, and "anyprot" last.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://github.com/yrutschle/sslh/blob/master/doc/config.md'],
  },
  messages: {
    catchAll: 'This "{{name}}" entry is never reached: "{{earlier}}" before it takes every connection.',
    noPattern: 'This "regex" entry is never reached: it has no pattern in "regex_patterns".',
    same: 'This "{{name}}" entry is never reached: an earlier "{{name}}" entry takes all of its connections.',
  },
  check: (context) => ({
    start() {
      const config = sslhConfig(context);
      const onTimeout = timeoutEntry(config);
      // They stop at an empty array.
      const isOld = isBefore(effectiveVersion(context.targets.sslh), '1.21');
      for (const entries of byTransport(config, context.targets.sslh)) {
        const takers = new Takers();
        for (const entry of entries) {
          const name = stringIn(entry, 'name');
          if (name === undefined) continue;
          const earlier = takers.find(entry);
          takers.add(entry);
          if (matchesNothing(entry)) {
            const isRefused = isOld && entry.settings.has('regex_patterns');
            // The last entry gets what no probe recognises.
            if (isRefused || (entry !== entries.at(-1) && entry !== onTimeout))
              context.report({
                message: 'noPattern',
                at: entry.settings.get('name')!,
                ...(isRefused && { severity: 'error' }),
              });
          }
          if (!earlier || entry === onTimeout) continue;
          context.report({
            ...(isCatchAll(earlier)
              ? { message: 'catchAll', data: { name, earlier: stringIn(earlier, 'name')! } }
              : { message: 'same', data: { name } }),
            at: entry.settings.get('name')!,
            related: [{ at: earlier.settings.get('name')!, message: 'this entry is tried first' }],
          });
        }
      }
    },
  }),
});

/** Earlier entries that can take all of a later one's connections: the first catch-all, and those of the same probe. */
class Takers {
  #catchAll: Group | undefined;
  readonly #byProbe = new Map<string | undefined, Group[]>();

  add(entry: Group): void {
    if (isCatchAll(entry)) this.#catchAll ??= entry;
    if (!takesAll(entry, entry)) return;
    const same = this.#byProbe.get(probeOf(entry)) ?? [];
    if (!same.some((earlier) => takesAll(earlier, entry))) this.#byProbe.set(probeOf(entry), [...same, entry]);
  }

  find(entry: Group): Group | undefined {
    return this.#catchAll ?? this.#byProbe.get(probeOf(entry))?.find((earlier) => takesAll(earlier, entry));
  }
}
