import { keepaliveByDefault } from '../../servers/nginx/model/headers.ts';
import type { Directive } from '../../syntax/tree.ts';
import { hasGap } from '../../syntax/template-gaps.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import {
  checkBalancing,
  checkGeo,
  checkIndex,
  checkKeepalive,
  checkNames,
  checkNetwork,
  checkSticky,
  checkTypes,
  type Warning,
} from './_startup-warnings.ts';

export default defineRule({
  meta: {
    summary: 'Something that nginx reads otherwise than it is written, with a warning',
    why: 'The warning stands among the lines of each start and reload, where nobody reads it; what was written has no effect, or another one.',
    how: 'Write what nginx makes of it, or delete what has no effect.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#types',
      'https://nginx.org/en/docs/http/ngx_http_access_module.html#allow',
      'https://nginx.org/en/docs/http/ngx_http_upstream_module.html',
    ],
  },
  messages: {
    bits: 'The network "{{word}}" is read as "{{network}}": its low bits mean nothing.',
    extension: 'The extension "{{word}}" has a type already; nginx takes this one.',
    network: 'The network "{{word}}" has a value already; nginx takes this one.',
    name: 'The name "{{word}}" stands in this server already.',
    balancing: '"{{word}}" replaces the load balancing method that is set before it.',
    keepalive:
      'nginx before 1.29.7 keeps no connections here: "{{word}}" replaces the "keepalive" that is set before it.',
    sticky: 'nginx sets no cookie here: "{{word}}" replaces the "sticky" that is set before it.',
    url: 'The server name "{{word}}" is no host name: no request has a slash in its host.',
    index: 'nginx never looks beyond the absolute index "{{word}}": only the last one may be absolute.',
  },
  check({ targets, report }) {
    const isWrapped = !targets.nginx || isBefore(targets.nginx, keepaliveByDefault);

    function tell(warning: Warning, directive: Directive): void {
      // Of two under conditions of a template only one may be there.
      if ('first' in warning && hasGap(warning.first.parent)) return;
      const { at, word } = warning;
      if (warning.message === 'bits') {
        const { edit, network } = warning;
        const place = { file: directive.parent.file, start: edit.start, end: edit.end };
        const fix = { title: `Write "${network}"`, edits: [{ place, text: network }] };
        report({ message: 'bits', at, data: { word, network }, fix });
      } else {
        const related = 'first' in warning ? [{ at: warning.first, message: 'the first is here' }] : [];
        report({
          message: warning.message,
          at,
          data: { word },
          related,
          ...(warning.message === 'name' && { severity: 'info' }),
        });
      }
    }

    const each = (check: (directive: Directive) => readonly Warning[]) => (directive: Directive) => {
      for (const warning of check(directive)) tell(warning, directive);
    };

    return {
      directives: {
        allow: each((directive) => checkNetwork(directive)),
        deny: each((directive) => checkNetwork(directive)),
        set_real_ip_from: each((directive) => checkNetwork(directive)),
        types: each(checkTypes),
        geo: each(checkGeo),
        upstream: each((directive) => [
          ...checkBalancing(directive),
          ...checkSticky(directive),
          ...(isWrapped ? checkKeepalive(directive) : []),
        ]),
        server: each(({ block }) => checkNames(childrenNamed(block, 'server_name'))),
        index: each(checkIndex),
      },
    };
  },
});
