import type { Config } from '../../syntax/config.ts';
import type { Route } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { hasGuard } from '../../servers/nginx/meaning/access.ts';
import { insertInto } from '../../edits/statements.ts';
import { defineRule } from '../define-rule.ts';
import { parameterKeys } from '../../servers/nginx/meaning/pass.ts';

export default defineRule({
  meta: {
    summary: 'Files that the application hands out by X-Accel-Redirect can be fetched directly',
    why: 'The application decides who may have such a file, and nginx only sends it. Without "internal", a client that knows the path asks nginx, and nobody decides.',
    how: 'Write "internal;" in the location.',
    whenOff: 'Where everybody who knows the name of such a file may read it.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['alias', 'root'] },
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#internal',
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ignore_headers',
    ],
  },
  messages: {
    mapped:
      'The backend sends clients to "{{path}}" by X-Accel-Redirect, but the location is not "internal": they can ask for its files directly.',
    named:
      'By its comment, "{{path}}" is for X-Accel-Redirect, but it is not "internal": clients can ask for its files directly.',
  },
  check({ config, report }) {
    let mappings: readonly Mapping[] | undefined;

    function say(message: 'mapped' | 'named', { directive, match }: Route, related?: Directive): void {
      report({
        message,
        at: directive,
        data: { path: match.pattern },
        ...(related && { related: [{ at: related, message: 'tells the backend of it' }] }),
        fix: {
          title: 'Make the location internal',
          edits: [insertInto(directive.block!, 'internal')],
        },
        ...(/^\/[\w/.-]*$/.test(match.pattern) && { witness: `curl 'http://host${match.pattern}file'` }),
      });
    }

    return {
      route(route) {
        const { directive, match, scope } = route;
        if (
          directive.key !== 'location' ||
          route.internal ||
          route.preemptedBy ||
          !/^(?:prefix|exact)/.test(match.kind)
        )
          return;
        if (scope.own('alias').length === 0 && scope.own('root').length === 0) return;
        if (scope.open || hasGuard(scope)) return;
        mappings ??= mappingsOf(config);
        const mapping = mappings.find(({ uri }) => uri === match.pattern);
        if (mapping) say('mapped', route, mapping.directive);
        else if (isNamed(route, config)) say('named', route);
      },
    };
  },
});

interface Mapping {
  readonly uri: string;
  readonly directive: Directive;
}

const passed = new Set(['proxy_set_header', ...parameterKeys]);

/** `X-Accel-Mapping: /files/=/uri/` tells a backend under which URI nginx serves which directory. */
function mappingsOf(config: Config): Mapping[] {
  const mappings: Mapping[] = [];
  for (const file of config.files) {
    if (!/x[-_]accel[-_]mapping/i.test(file.source.text)) continue;
    const pending = [...file.root.directives];
    for (let directive = pending.pop(); directive; directive = pending.pop()) {
      if (directive.block) pending.push(...directive.block.directives);
      const [name, value] = directive.args;
      if (!passed.has(directive.key) || !/^(?:HTTP_)?X[-_]ACCEL[-_]MAPPING$/i.test(name?.value ?? '')) continue;
      for (const pair of value?.value.split(',') ?? []) {
        const uri = pair.split('=')[1]?.trim();
        if (uri?.startsWith('/')) mappings.push({ uri, directive });
      }
    }
  }
  return mappings;
}

/** A comment on the lines right before the location, or in it, that speaks of X-Accel-Redirect. */
function isNamed({ directive, handler }: Route, config: Config): boolean {
  const { block, parent } = directive;
  if (!block || handler.kind !== 'static') return false;
  const file = config.files.find(({ source }) => source === parent.file);
  const comments = file?.comments ?? [];
  const { lines } = parent.file;
  const first = lines.positionAt(directive.start).line;
  return comments.some(({ start, end, text }) => {
    if (!/x-(?:accel|sendfile)/i.test(text) || /\bnot?\b|without/i.test(text)) return false;
    return (start > block.start && end < block.end) || lines.positionAt(start).line === first - 1;
  });
}
