import type { Route, VirtualHost } from '../../model/model.ts';
import { locationOfTarget, locationText } from '../../servers/nginx/meaning/locations.ts';
import { passDirectives } from '../../servers/nginx/meaning/pass.ts';
import { isOff, isOn } from '../../servers/nginx/meaning/settings.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An error page that makes the check of auth_request succeed for everybody',
    why: 'error_page holds for the location that auth_request asks, too. There "=" gives the answer the status of the page: the check that was to say 401 says 200, and auth_request lets everybody in.',
    how: 'Write the error_page into the locations that auth_request guards, not on a level whose error pages the location of the check inherits; or leave out "=", so that the status of the error stays.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [['auth_request'], ['error_page']] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_auth_request_module.html',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page',
    ],
  },
  messages: {
    refused:
      'Nobody is turned away by "auth_request {{check}}": what "{{location}}" answers with {{code}} becomes {{status}} by this error page.',
    failed:
      'Everybody is let in by "auth_request {{check}}" while the backend of "{{location}}" does not answer: this error page makes {{status}} of {{code}}.',
  },
  check({ report }) {
    const told = new Set<Directive>();

    function check(guard: Directive, host: VirtualHost): void {
      const target = guard.args[0]!.value;
      const location = locationOfTarget(target, host);
      const lie = location && successOf(location, host);
      if (!lie || told.has(lie.page)) return;
      told.add(lie.page);
      const { page, code, status, isSure } = lie;
      const hasFailed = code >= 500;
      report({
        message: hasFailed ? 'failed' : 'refused',
        at: placeIn(page, { start: page.start, end: page.args.at(-1)!.end }),
        data: { check: target, location: locationText(location), code, status },
        ...(hasFailed && { severity: 'warning' as const }),
        ...(!isSure && { confidence: 'medium' as const }),
        related: [
          { at: guard, message: 'asks the location' },
          { at: location.directive, message: 'where this error page holds' },
        ],
      });
    }

    return {
      virtualHost(host) {
        const guards = new Set([host, ...host.routes].map(({ scope }) => scope.effective('auth_request').at(-1)));
        for (const guard of guards) if (guard?.args[0] && !isOff(guard)) check(guard, host);
      },
    };
  },
});

interface Lie {
  readonly page: Directive;
  /** Of the answer that turns somebody away. */
  readonly code: number;
  /** As it is told: `200`, or that of the page. */
  readonly status: string;
  readonly isSure: boolean;
}

/** The error page that makes a refusal, or the failure of the backend, a success. */
function successOf(location: Route, host: VirtualHost): Lie | undefined {
  const pages = location.scope.effective('error_page');
  for (const code of refusalsOf(location)) {
    const page = pages.find(({ args }) => args.slice(0, -1).some(({ value }) => value === String(code)));
    const given = page && givenStatus(page);
    const success = given === undefined ? undefined : successAt(page!, given, host);
    if (success) return { page: page!, code, ...success };
  }
  return undefined;
}

/** Status codes of the location itself that error pages are asked about: those of others pass, unless they are intercepted. */
function refusalsOf({ handler, directive, scope }: Route): number[] {
  const returned = [directive, ...childrenNamed(directive.block, 'if')]
    .flatMap(({ block }) => childrenNamed(block, 'return'))
    .filter(({ args }) => args.length === 1)
    .map(({ args }) => Number(args[0]!.value));
  if (handler.kind !== 'proxy') return returned;
  const pass = passDirectives.get(handler.directive.key);
  const intercepts = pass !== undefined && isOn(scope, `${pass.family}_intercept_errors`);
  return [...returned, ...(intercepts ? [401, 403] : []), 502, 504];
}

/** What stands behind "=": `''` for the status of the page; undefined: the status of the error stays. */
function givenStatus({ args }: Directive): string | undefined {
  const given = args.at(-2)?.value;
  return given?.startsWith('=') ? given.slice(1) : undefined;
}

/** Whether the page is one that exists and answers with success. */
function successAt(page: Directive, given: string, host: VirtualHost): Pick<Lie, 'status' | 'isSure'> | undefined {
  if (given !== '' && !given.startsWith('2')) return undefined;
  const location = locationOfTarget(page.args.at(-1)!.value, host);
  if (!location) return undefined;
  const { handler } = location;
  if (handler.kind === 'redirect' || handler.kind === 'deny') return undefined;
  if (handler.kind !== 'return')
    return { status: given || 'the status of the page', isSure: given !== '' && handler.kind === 'proxy' };
  const { status } = handler;
  if (typeof status !== 'number' || status < 200 || status > 299) return undefined;
  return { status: given || String(status), isSure: true };
}
