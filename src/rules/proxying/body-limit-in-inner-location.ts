import type { Route, VirtualHost } from '../../model/model.ts';
import { locationOfTarget } from '../../servers/nginx/meaning/locations.ts';
import { parseSize } from '../../servers/nginx/meaning/values.ts';
import type { Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { readersBehind } from './_limit-of-redirects.ts';

export default defineRule({
  meta: {
    summary: 'A client_max_body_size where no body is read, or only after its size was compared',
    why: 'nginx compares the size of the body in the location that takes the request first. One that try_files, error_page or rewrite then leads to is too late: uploads get 413 by the limit of the first location.',
    how: 'Set client_max_body_size on the level around both locations, or in the first one.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [['client_max_body_size'], ['try_files', 'rewrite', 'error_page', 'return']] },
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size'],
  },
  messages: {
    named:
      'This limit of {{limit}} comes too late: requests get here through "{{first}}", whose limit of {{outer}} is compared before.',
    internal:
      'Requests that "{{first}}" hands on to this location are compared with its limit of {{outer}}, not with {{limit}}.',
    redirected:
      'This server only redirects: bodies are read by the other server of this name, whose limit is {{outer}}, not {{limit}}.',
  },
  check({ model, report }) {
    function checkRedirecting(host: VirtualHost): void {
      const own = host.scope.own(key).at(-1);
      const limit = own && sizeOf(own);
      if (!own || limit === undefined) return;
      const reader = readersBehind(host, model.virtualHosts).find(
        (route) => limit > (limitOf(route)?.size ?? Infinity),
      );
      if (!reader || reader.scope.certainty(key) === 'unread') return;
      const outer = limitOf(reader)!;
      report({
        message: 'redirected',
        at: own,
        why: 'The limit holds for the server that answers: uploads get 413 by the limit of the other one.',
        how: 'Set client_max_body_size in the server that hands the requests on.',
        data: { limit: own.args[0]!.value, outer: outer.text },
        confidence: reader.scope.certainty(key) === 'known' ? 'high' : 'medium',
        related: [{ at: outer.directive ?? reader.directive, message: 'bodies are read here' }],
      });
    }

    return {
      virtualHost(host) {
        checkRedirecting(host);
        const told = new Set<Directive>();
        for (const first of host.routes) {
          if (first.directive.key !== 'location' || first.preemptedBy || first.match.kind === 'named') continue;
          if (first.scope.certainty(key) === 'unread') continue;
          const outer = limitOf(first);
          for (const route of handedOnTo(first, host)) {
            const own = route.scope.own(key).at(-1);
            const limit = own && sizeOf(own);
            if (!own || limit === undefined || outer === undefined || told.has(own) || limit <= outer.size) continue;
            told.add(own);
            const isClosed = route.match.kind === 'named' || route.internal;
            report({
              message: isClosed ? 'named' : 'internal',
              at: own,
              data: { limit: own.args[0]!.value, first: textOf(first.directive), outer: outer.text },
              confidence: first.scope.certainty(key) === 'known' && isClosed ? 'high' : 'medium',
              ...(!isClosed && { severity: 'info' }),
              related: [{ at: outer.directive ?? first.directive, message: 'this limit counts' }],
            });
          }
        }
      },
    };
  },
});

const key = 'client_max_body_size';
const defaultLimit = { size: 1024 ** 2, text: '1m', directive: undefined };

/** Bytes; 0 stands for no limit. */
function sizeOf(directive: Directive): number | undefined {
  const size = parseSize(directive.args[0]?.value ?? '', true);
  return Number.isNaN(size) ? undefined : size === 0 ? Infinity : size;
}

function limitOf({ scope }: Route): { size: number; text: string; directive: Directive | undefined } | undefined {
  const directive = scope.effective(key).at(-1);
  if (!directive) return defaultLimit;
  const size = sizeOf(directive);
  return size === undefined ? undefined : { size, text: directive.args[0]!.value, directive };
}

/** The locations to which a location hands requests on, that it took itself. */
function handedOnTo({ scope, directive }: Route, host: VirtualHost): Route[] {
  const blocks = [directive, ...childrenNamed(directive.block, 'if')].map(({ block }) => block);
  const inBlocks = (key: string): Directive[] => blocks.flatMap((block) => childrenNamed(block, key));
  const last = scope.effective('try_files').at(-1)?.args.at(-1)?.value;
  const rewritten = inBlocks('rewrite')
    .filter(({ args }) => args[2] === undefined || args[2].value === 'last')
    .map(({ args }) => args[1]?.value.replace(captures, '/x'));
  const returned = new Set(inBlocks('return').flatMap(({ args }) => (args.length === 1 ? args[0]!.value : [])));
  const own = scope.own('error_page');
  const pages = scope
    .effective('error_page')
    .filter((page) => own.includes(page) || page.args.some(({ value }) => returned.has(value)))
    .map(({ args }) => args.at(-1)?.value);
  return [last, ...rewritten, ...pages].flatMap((target) =>
    target === undefined ? [] : (locationOfTarget(target, host) ?? []),
  );
}

/** What a rewrite takes over of the path: a part of it, or the rest. */
const captures = /\/?\$\d/g;

function textOf({ name, args }: Directive): string {
  return [name, ...args].map(({ value }) => value).join(' ');
}
