import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { sslhConfig, stringsIn, type Group, type NamedString } from '../../servers/sslh/meaning/entries.ts';
import { fnmatch, isWildcard } from '../../text/fnmatch.ts';
import { byTransport, probeOf, takesAlpn } from '../../servers/sslh/meaning/matching.ts';

export default defineRule({
  meta: {
    summary: 'A host name in "sni_hostnames" that an earlier tls entry already takes',
    why: 'The first entry that matches gets the connection, and the names are shell patterns in which "*" matches dots too. The later entry never gets this name.',
    how: 'Put the entry with the narrower name first, or remove the name from one of the two.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://github.com/yrutschle/sslh/blob/master/doc/config.md',
      'https://man7.org/linux/man-pages/man7/glob.7.html',
    ],
  },
  messages: {
    duplicate: 'The name "{{name}}" is already taken by an earlier tls entry.',
    wildcard: 'The name "{{name}}" is already taken by "{{pattern}}" in an earlier tls entry.',
  },
  check: (context) => ({
    start() {
      for (const entries of byTransport(sslhConfig(context), context.targets.sslh)) {
        const taken = new TakenNames();
        for (const entry of entries) {
          if (probeOf(entry) !== 'tls' || entry.open) continue;
          const names = stringsIn(entry, 'sni_hostnames');
          for (const { value, word, directive } of names) {
            const earlier = taken.find(value, entry);
            if (!earlier) continue;
            context.report({
              ...(earlier.value === value
                ? { message: 'duplicate', data: { name: value } }
                : { message: 'wildcard', data: { name: value, pattern: earlier.value } }),
              at: placeIn(directive, word),
              related: [{ at: placeIn(earlier.directive, earlier.word), message: 'it is taken here' }],
            });
          }
          // With a minimum length later entries are tried first while less has come.
          if (!entry.settings.has('minlength')) for (const name of names) taken.add({ ...name, entry });
        }
      }
    },
  }),
});

interface Taken extends NamedString {
  readonly entry: Group;
}

/** The C library knows named classes in brackets, which are not read here. */
function isPlainGlob(pattern: string): boolean {
  return !/[[\\]/.test(pattern);
}

/** Names of earlier entries: exact ones by name, wildcards one by one. */
class TakenNames {
  readonly #exact = new Map<string, Taken[]>();
  readonly #wildcards: Taken[] = [];

  add(name: Taken): void {
    const same = this.#exact.get(name.value);
    if (same) same.push(name);
    else this.#exact.set(name.value, [name]);
    if (isWildcard(name.value) && isPlainGlob(name.value)) this.#wildcards.push(name);
  }

  find(value: string, entry: Group): Taken | undefined {
    const takes = (name: Taken): boolean => takesAlpn(name.entry, entry);
    const exact = this.#exact.get(value)?.find(takes);
    if (exact || isWildcard(value) || !isPlainGlob(value)) return exact;
    return this.#wildcards.find((name) => fnmatch(name.value, value) && takes(name));
  }
}
