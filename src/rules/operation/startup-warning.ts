import { keepaliveByDefault } from '../../servers/nginx/model/headers.ts';
import type { Directive } from '../../syntax/tree.ts';
import { redefinedProtocols, streamSockets } from './_listen-protocols.ts';
import { hasGap } from '../../syntax/template-gaps.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import {
  checkBalancing,
  checkGeo,
  checkIndex,
  checkKeepalive,
  checkMasks,
  checkNames,
  checkNetwork,
  checkSticky,
  checkTypes,
  checkTypesOf,
  firstTypes,
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
    range: 'The range "{{word}}" has a value already; nginx takes this one.',
    deleted: 'There is no "{{word}}" to be deleted before this line.',
    type: 'The type "{{word}}" is among the types already.',
    masks: 'The masks are not one for each worker process, of which there are {{word}}.',
    protocols: 'The socket speaks {{word}} for all of its servers, whatever this "listen" names.',
    name: 'The name "{{word}}" stands in this server already.',
    balancing: '"{{word}}" replaces the load balancing method that is set before it.',
    keepalive:
      'nginx before 1.29.7 keeps no connections here: "{{word}}" replaces the "keepalive" that is set before it.',
    sticky: 'No client is bound to a server: "{{word}}" replaces the "sticky" that is set before it.',
    url: 'The server name "{{word}}" is no host name: no request has a slash in its host.',
    index: 'nginx never looks beyond the absolute index "{{word}}": only the last one may be absolute.',
  },
  check({ targets, config, report }) {
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
          ...(/^(?:name|type)$/.test(warning.message) && { severity: 'info' }),
        });
      }
    }

    const each = (check: (directive: Directive) => readonly Warning[]) => (directive: Directive) => {
      for (const warning of check(directive)) tell(warning, directive);
    };

    function tellProtocols(directives: readonly Directive[], since: string): void {
      if (directives.length < 2 || (targets.nginx && isBefore(targets.nginx, since))) return;
      // Conditions of a template may leave one out, or a word of it.
      if (directives.some(({ parent }) => hasGap(parent))) return;
      const first = directives[0]!;
      for (const { listen, protocols, isHarmless } of redefinedProtocols(directives)) {
        const related = [{ at: first, message: 'the first is here' }];
        const severity = isHarmless ? ('info' as const) : ('warning' as const);
        report({ message: 'protocols', at: listen, data: { word: protocols }, related, severity });
      }
    }

    return {
      listener: ({ directives }) => tellProtocols(directives, '1.23.4'),
      directives: {
        allow: each((directive) => checkNetwork(directive)),
        deny: each((directive) => checkNetwork(directive)),
        set_real_ip_from: each((directive) => checkNetwork(directive)),
        debug_connection: each((directive) => checkNetwork(directive)),
        worker_cpu_affinity: each((directive) => (config.serversComplete ? checkMasks(directive) : [])),
        stream: (directive) => streamSockets(directive).forEach((listens) => tellProtocols(listens, '1.25.5')),
        types: each(checkTypes),
        ...Object.fromEntries(Object.keys(firstTypes).map((name) => [name, each(checkTypesOf)])),
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
