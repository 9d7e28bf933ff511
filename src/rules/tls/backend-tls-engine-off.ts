import type { Edit } from '../finding.ts';
import type { VirtualHost } from '../../model/model.ts';
import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { lineBefore } from '../../edits/lines.ts';
import { apacheTlsPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';
import { isTlsTarget } from './_backends.ts';
import { isOff } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'A backend is addressed with https:// or wss://, but SSLProxyEngine is not on',
    why: 'Without SSLProxyEngine Apache cannot speak TLS to a backend: every such request ends in status 500.',
    how: 'Set "SSLProxyEngine on" in this virtual host.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: [apacheTlsPass] },
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyengine'],
  },
  messages: {
    off: '"{{url}}" needs TLS to the backend, but "SSLProxyEngine" is not "on" here.',
  },
  check({ report }) {
    const mended = new Set<VirtualHost | Directive>();

    return {
      route({ handler, scope, virtualHost }) {
        if (handler.kind !== 'proxy' || !isTlsTarget(handler.target)) return;
        const certainty = scope.certainty('sslproxyengine');
        const engine = scope.effective('sslproxyengine').at(-1);
        const isUnused = engine ? isOff(engine) : certainty !== 'unread';
        if (!isUnused) return;
        // One line for all backends of the virtual host: before the first of them.
        const isFirst = !mended.has(engine ?? virtualHost);
        mended.add(engine ?? virtualHost);
        report({
          message: 'off',
          at: placeIn(handler.directive, handler.target.word),
          confidence: engine || certainty === 'known' ? 'high' : 'medium',
          data: { url: handler.target.word.value },
          ...(engine && { related: [{ at: engine, message: 'switched off here' }] }),
          ...(isFirst && {
            fix: { title: 'Switch SSLProxyEngine on', edits: [switchOn(engine, handler.directive)] },
          }),
        });
      },
    };
  },
});

function switchOn(engine: Directive | undefined, pass: Directive): Edit {
  const word = engine?.args[0];
  if (engine && word) return { place: placeIn(engine, word), text: 'on' };
  const section = enclosing(pass);
  const outermost = section && /^(?:location|proxy)/.test(section.key) ? section : pass;
  return lineBefore(outermost, 'SSLProxyEngine on');
}
