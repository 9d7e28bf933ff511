import { weakTlsVersions } from '../../facts/tls.ts';
import type { Edit } from '../finding.ts';
import { unknown, type Tls } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { isBefore } from '../../model/versions.ts';
import { listOf } from '../../text/words.ts';
import { nginxTls, apacheTls } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { isInUse, rejectsHandshakes } from './_listeners.ts';
import { inStreamOrMail } from './_stream-and-mail.ts';
import { backendTlsKeys, backendVersions } from './_towards-backends.ts';

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
    needs: { nginx: [...nginxTls, '*ssl_protocols'], apache: [...apacheTls, 'sslprotocol', 'sslproxyprotocol'] },
    fixable: 'unsafe',
    references: [
      'https://www.rfc-editor.org/rfc/rfc8996',
      'https://www.rfc-editor.org/rfc/rfc7568',
      'https://ssl-config.mozilla.org/',
    ],
  },
  messages: {
    enabled: '"{{directive}}" enables {{versions}} here; keep only TLSv1.2 and TLSv1.3.',
    gap: '"{{directive}}" names {{versions}} in vain: it leaves out a newer version, and with OpenSSL 1.1.0 and newer httpd offers nothing below that gap.',
    default: 'Nothing sets the TLS versions of this virtual host, and the default of {{servers}} enables {{versions}}.',
  },
  check(context) {
    const { dialect, targets, report } = context;
    const reportedDefaults = new Set<string>();
    const reported = new Set<Word>();

    function checkWords(tls: Tls): void {
      if (!isInUse(tls, context.model)) return;
      const isCertain = tls.enabled !== false;
      for (const { word, directive, versions } of weakWords(tls)) {
        if (reported.has(word)) continue;
        reported.add(word);
        const isList = listKeys.has(directive.key);
        const fix = isList && { title: 'Enable TLSv1.2 and TLSv1.3 only', edits: [strongOnly(directive)] };
        report({
          message: isOffered(tls, versions) ? 'enabled' : 'gap',
          at: placeIn(directive, word),
          data: { directive: directive.name.value, versions: listOf(versions) },
          ...(!isCertain && { confidence: 'medium' }),
          ...(fix && { fix }),
        });
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
    function checkDefault({ virtualHost, defaults }: Tls): void {
      const weak = defaults.filter(({ protocols }) => protocols.some((version) => weakTlsVersions.has(version)));
      const newest = weak.at(-1);
      const at = virtualHost?.directive;
      if (!newest || !at || rejectsHandshakes(virtualHost.scope)) return;
      const servers = listOf(weak.map(({ versions }) => versions));
      if (reportedDefaults.has(servers)) return;
      reportedDefaults.add(servers);
      const versions = listOf(newest.protocols.filter((version) => weakTlsVersions.has(version)));
      const confidence = weak.length === defaults.length ? 'medium' : 'low';
      report({ message: 'default', at, confidence, data: { servers, versions } });
    }

    /** The words as they stand: towards a backend, and in stream and mail. What the default is, is another matter. */
    function checkBackend(directive: Directive): void {
      const weak = backendVersions(directive).filter(({ version }) => weakTlsVersions.has(version));
      for (const { word, version } of weak) {
        report({
          message: 'enabled',
          at: placeIn(directive, word),
          data: { directive: directive.name.value, versions: version },
          fix: { title: 'Enable TLSv1.2 and TLSv1.3 only', edits: [strongOnly(directive)] },
        });
      }
    }

    function checkOwn(directive: Directive): void {
      if (inStreamOrMail(directive)) checkBackend(directive);
    }

    return {
      directives: {
        ...Object.fromEntries(backendTlsKeys(dialect, 'protocols').map((key) => [key, checkBackend])),
        ...(dialect === 'nginx' && { ssl_protocols: checkOwn }),
      },
      tls(tls) {
        if (tls.protocolWords.length > 0) checkWords(tls);
        else if (tls.enabled === true && tls.protocols.origin === 'default') checkDefault(tls);
      },
    };
  },
});

/** Directives whose words are versions; a command of OpenSSL may have others. */
const listKeys: ReadonlySet<string> = new Set(['ssl_protocols', 'sslprotocol']);

function isOffered({ protocols: { value } }: Tls, versions: readonly string[]): boolean {
  return value === unknown || versions.some((version) => value.includes(version));
}

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
