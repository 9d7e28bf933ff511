import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'SSLUseStapling without SSLStaplingCache',
    why: 'Apache keeps the answers of the OCSP responder in a cache that has no default: it passes the syntax check, but does not start ("no stapling cache available").',
    how: 'Set "SSLStaplingCache shmcb:/run/apache2/stapling(128000)" outside of all virtual hosts.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['sslusestapling'] },
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslstaplingcache'],
  },
  messages: { noCache: '"{{directive}} on" needs an "SSLStaplingCache", and none is set: Apache does not start.' },
  check({ config, report }) {
    let hasCache = false;
    const seen = new Set<Directive>();

    return {
      directives: {
        sslstaplingcache: () => {
          hasCache = true;
        },
      },
      virtualHost({ scope, tls }) {
        const stapling = scope.effective('sslusestapling').at(-1);
        if (hasCache || !config.serversComplete || tls.enabled !== true || !stapling || seen.has(stapling)) return;
        if (!isOn(stapling)) return;
        seen.add(stapling);
        report({ message: 'noCache', at: stapling, data: { directive: stapling.name.value } });
      },
    };
  },
});
