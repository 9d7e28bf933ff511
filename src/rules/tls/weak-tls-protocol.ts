import { weakTlsVersions } from '../../facts/tls.ts';
import type { Edit } from '../../finding.ts';
import { unknown, type Tls } from '../../ir/model.ts';
import { placeIn, type Directive, type Word } from '../../ir/syntax.ts';
import { deleteWord } from '../_shared/edits.ts';
import { listOf } from '../_shared/text.ts';
import { defineRule } from '../define-rule.ts';
import { isInUse, rejectsHandshakes } from './_listeners.ts';

export default defineRule({
  meta: {
    summary: 'A TLS version below 1.2 is enabled',
    why: 'SSLv2, SSLv3, TLSv1 and TLSv1.1 have known attacks and are deprecated; clients can be made to fall back to them.',
    how: 'Enable TLSv1.2 and TLSv1.3 only.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://www.rfc-editor.org/rfc/rfc8996',
      'https://www.rfc-editor.org/rfc/rfc7568',
      'https://ssl-config.mozilla.org/',
    ],
  },
  messages: {
    enabled: '"{{directive}}" enables {{versions}} here; keep only TLSv1.2 and TLSv1.3.',
    default: 'Nothing sets the TLS versions of this virtual host, and the default of {{servers}} enables {{versions}}.',
  },
  check(context) {
    const { dialect, report } = context;
    const reportedDefaults = new Set<string>();
    const reported = new Set<Word>();

    function checkWords(tls: Tls): void {
      if (!isInUse(tls, context.model)) return;
      const isCertain = tls.enabled !== false;
      for (const weak of weakWords(tls)) {
        const { word, directive, versions } = weak;
        if (reported.has(word)) continue;
        reported.add(word);
        const edits = (dialect === 'nginx' ? withoutWord : withoutVersions)(weak, tls);
        report({
          message: 'enabled',
          at: placeIn(directive, word),
          data: { directive: directive.name.value, versions: listOf(versions) },
          ...(!isCertain && { confidence: 'medium' }),
          ...(edits && { fix: { title: `Leave out ${listOf(versions)}`, edits: [edits] } }),
        });
      }
    }

    /** Once a config, at the first virtual host: one directive on the level above mends them all. */
    function checkDefault({ virtualHost, defaults, enabled }: Tls): void {
      const weak = defaults.filter(({ protocols }) => protocols.some((version) => weakTlsVersions.has(version)));
      const newest = weak.at(-1);
      const at = virtualHost?.directive;
      if (enabled !== true || !newest || !at || rejectsHandshakes(virtualHost.scope)) return;
      const servers = listOf(weak.map(({ versions }) => versions));
      if (reportedDefaults.has(servers)) return;
      reportedDefaults.add(servers);
      const versions = listOf(newest.protocols.filter((version) => weakTlsVersions.has(version)));
      const confidence = weak.length === defaults.length ? 'medium' : 'low';
      report({ message: 'default', at, confidence, data: { servers, versions } });
    }

    return {
      tls(tls) {
        if (tls.protocols.origin === 'default') checkDefault(tls);
        else checkWords(tls);
      },
    };
  },
});

interface WeakWord {
  readonly word: Word;
  readonly directive: Directive;
  readonly versions: string[];
}

/** A word of httpd, such as `all`, may enable several. */
function weakWords({ protocolWords }: Tls): Iterable<WeakWord> {
  const weak = new Map<Word, WeakWord>();
  for (const { version, word, directive } of protocolWords) {
    if (!weakTlsVersions.has(version)) continue;
    const entry = weak.get(word);
    if (entry) entry.versions.push(version);
    else weak.set(word, { word, directive, versions: [version] });
  }
  return weak.values();
}

/** nginx: the word goes; a list of nothing else becomes a good one. */
function withoutWord({ word, directive }: WeakWord, { protocolWords }: Tls): Edit | undefined {
  const { args } = directive;
  const kept = protocolWords.filter((it) => it.directive === directive && !weakTlsVersions.has(it.version));
  if (kept.length > 0) return deleteWord(directive, word);
  if (word !== args[0]) return undefined;
  return { place: placeIn(directive, { start: word.start, end: args.at(-1)!.end }), text: 'TLSv1.2 TLSv1.3' };
}

/** httpd: later words take away from what earlier ones gave. A bare version would replace the list instead. */
function withoutVersions({ word, directive, versions }: WeakWord, { protocols }: Tls): Edit | undefined {
  const isSum = directive.args.every(({ value }) => /^(?:[-+]|all$)/i.test(value));
  const isLeft = protocols.value !== unknown && protocols.value.some((version) => !weakTlsVersions.has(version));
  if (!isSum || !isLeft) return undefined;
  if (word.value.startsWith('+')) return deleteWord(directive, word);
  const { end } = directive.args.at(-1)!;
  return { place: placeIn(directive, { start: end, end }), text: versions.map((version) => ` -${version}`).join('') };
}
