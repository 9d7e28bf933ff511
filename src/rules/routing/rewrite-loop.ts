import { unknown, type Route } from '../../model/model.ts';
import { samplePath } from '../../regex/sample.ts';
import { toBytes } from '../../text/bytes.ts';
import type { Directive } from '../../syntax/tree.ts';
import { play } from '../../servers/nginx/meaning/rewrites.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A rewrite leads back to the location that it stands in',
    why: 'After "last", and without a flag, nginx looks for a location again; when it finds this one and the rewrite matches once more, it gives up after ten rounds and answers 500.',
    how: 'Use the flag "break" to stay in the location, or leave the rewritten paths out of the expression.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite'],
  },
  messages: {
    loops: 'A request for "{{path}}" is rewritten again and again, and answered with 500 after ten rounds.',
  },
  check({ report }) {
    const seen = new Set<Directive>();

    function check(route: Route): void {
      const rewrites = route.scope.own('rewrite').filter(({ args }) => args.length === 2 || args[2]?.value === 'last');
      for (const rewrite of rewrites) {
        for (const path of candidates(route, rewrite)) {
          const played = play(route.virtualHost, requestFor(route, path));
          if (played.kind !== 'loop' || seen.has(played.directive)) continue;
          seen.add(played.directive);
          report({ message: 'loops', at: played.directive, data: { path }, witness: `curl -i 'http://host${path}'` });
          break;
        }
      }
    }

    return {
      route(route) {
        const isOpen = !route.preemptedBy && !route.internal;
        if (route.directive.key === 'location' && route.match.kind !== 'named' && isOpen) check(route);
      },
    };
  },
});

/** Paths that the location and its rewrite may match; each is played, so that a wrong one does no harm. */
function candidates({ match }: Route, rewrite: Directive): readonly string[] {
  const own = match.kind === 'regex' ? samplePath(match.pattern) : match.pattern;
  const matched = samplePath(rewrite.args[0]?.value ?? '');
  const all = [own, own === undefined || match.kind === 'exact' ? undefined : `${own}x`, matched];
  return all.filter((path) => path !== undefined && isPlain(path)) as string[];
}

/** What a shell and a request line take as it stands. */
function isPlain(path: string): boolean {
  return /^\/[\w./~-]*$/.test(path) && !/\/\/|\/\.\.?(?:\/|$)/.test(path);
}

function requestFor({ virtualHost }: Route, path: string): Parameters<typeof play>[1] {
  const [listener] = virtualHost.listeners;
  const port = !listener || listener.port === unknown ? 80 : listener.port;
  return { scheme: listener?.tls ? 'https' : 'http', host: 'host', port, path: toBytes(path) };
}
