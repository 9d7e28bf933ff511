import type { Edit } from '../../finding.ts';
import { weakTlsVersions } from '../../facts/tls.ts';
import type { Tls } from '../../ir/model.ts';
import { placeIn, type Directive, type Word } from '../../ir/syntax.ts';
import { isBefore } from '../../versions.ts';
import { listOf } from '../_shared/text.ts';
import { defineRule } from '../define-rule.ts';

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
  check({ dialect, targets, report }) {
    const reportedDefaults = new Set<string>();

    function checkWords({ protocolWords }: Tls): void {
      const weak = new Map<Word, { directive: Directive; versions: string[] }>();
      for (const { version, word, directive } of protocolWords) {
        if (!weakTlsVersions.has(version)) continue;
        const entry = weak.get(word);
        if (entry) entry.versions.push(version);
        else weak.set(word, { directive, versions: [version] });
      }
      for (const [word, { directive, versions }] of weak) {
        const data = { directive: directive.name.value, versions: listOf(versions) };
        const fix = { title: 'Enable TLSv1.2 and TLSv1.3 only', edits: [strongOnly(directive)] };
        report({ message: 'enabled', at: placeIn(directive, word), data, fix });
      }
    }

    function strongOnly(directive: Directive): Edit {
      const target = targets[dialect];
      const isOld = target !== undefined && isBefore(target, dialect === 'nginx' ? '1.13' : '2.4.37');
      const versions = ['TLSv1.2', ...(isOld ? [] : ['TLSv1.3'])];
      const words = dialect === 'nginx' ? versions : ['-all', ...versions.map((version) => `+${version}`)];
      const [first, last] = [directive.args[0]!, directive.args.at(-1)!];
      return { place: placeIn(directive, { start: first.start, end: last.end }), text: words.join(' ') };
    }

    /** Once a config, at the first virtual host: one directive on the level above mends them all. */
    function checkDefault({ virtualHost, defaults, enabled }: Tls): void {
      const weak = defaults.filter(({ protocols }) => protocols.some((version) => weakTlsVersions.has(version)));
      const newest = weak.at(-1);
      const at = virtualHost?.directive;
      if (enabled !== true || !newest || !at) return;
      const servers = listOf(weak.map(({ versions }) => versions));
      if (reportedDefaults.has(servers)) return;
      reportedDefaults.add(servers);
      const versions = listOf(newest.protocols.filter((version) => weakTlsVersions.has(version)));
      const confidence = weak.length === defaults.length ? 'medium' : 'low';
      report({ message: 'default', at, confidence, data: { servers, versions } });
    }

    return {
      tls(tls) {
        if (tls.enabled === false) return;
        if (tls.protocols.origin === 'default') checkDefault(tls);
        else checkWords(tls);
      },
    };
  },
});
