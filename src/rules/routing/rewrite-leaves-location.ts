import type { Route } from '../../model/model.ts';
import type { Trace } from '../../model/trace.ts';
import { hasTemplateMark } from '../../text/template/placeholder.ts';
import { toBytes } from '../../text/bytes.ts';
import { isRedirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';
import { headerOf, placeIn, type Directive } from '../../syntax/tree.ts';
import { locationPaths, longestPattern, prefixPattern } from '../_shared/covered-paths.ts';
import { askWithFiles } from '../../requests/ask.ts';
import { curlOf, requestTo } from '../../requests/request-to.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A rewrite that takes every request out of its location, before the proxy there answers',
    why: 'With "last", and without a flag, nginx looks for a location again with the new path, and another one answers: what stands beside the rewrite is never used.',
    how: 'Use the flag "break": the path is changed, and the location stays.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['rewrite'] },
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite'],
  },
  messages: {
    leaves:
      'After this rewrite nginx looks for a location again: a request for "{{path}}" goes to {{other}}, and never to "{{pass}}" here.',
  },
  check(context) {
    const { report } = context;
    const suspicions: Suspicion[] = [];

    function reportLeaving({ route, rewrite, pass, path }: Suspicion): void {
      const { virtualHost } = route;
      const request = requestTo(virtualHost, virtualHost.listeners[0], toBytes(path));
      const answer = request && askWithFiles(context, request);
      const other = answer && otherLocation(answer, pass);
      if (!other) return;
      const [, , flag] = rewrite.args;
      const edit = flag
        ? { place: placeIn(rewrite, flag), text: 'break' }
        : { place: placeIn(rewrite, { start: rewrite.args[1]!.end, end: rewrite.args[1]!.end }), text: ' break' };
      report({
        message: 'leaves',
        at: rewrite,
        data: { path, other, pass: `${pass.name.value} ${pass.args[0]?.value ?? ''}` },
        related: [{ at: pass, message: 'is never used' }],
        witness: curlOf(request),
        fix: { title: 'Stay in the location', edits: [edit] },
      });
    }

    return {
      route(route) {
        const found = suspicionOf(route);
        if (found && suspicions.length < maxSuspicions) suspicions.push(found);
      },
      async end() {
        if (suspicions.length === 0) return;
        const { covers } = await import('../../regex/languages.ts');
        for (const suspicion of suspicions) {
          const { route, rewrite } = suspicion;
          const { kind, pattern } = route.match;
          const paths = kind.startsWith('prefix') ? prefixPattern(below(pattern)) : locationPaths(route);
          const rewritten = { source: rewrite.args[0]!.value, caseInsensitive: false };
          if (paths && covers(rewritten, paths) === true) reportLeaving(suspicion);
        }
      },
    };
  },
});

interface Suspicion {
  readonly route: Route;
  readonly rewrite: Directive;
  readonly pass: Directive;
  /** A path that the location takes. */
  readonly path: string;
}

/** Each costs automata. */
const maxSuspicions = 300;

function suspicionOf(route: Route): Suspicion | undefined {
  const { directive, handler, match, scope } = route;
  if (directive.key !== 'location' || handler.kind !== 'proxy' || route.preemptedBy || route.internal) return undefined;
  if (!/^(?:prefix|exact)/.test(match.kind)) return undefined;
  const path = match.kind === 'exact' ? match.pattern : `${below(match.pattern)}x`;
  if (!/^\/[\w./~-]*$/.test(path)) return undefined;
  const [rewrite] = scope.own('rewrite');
  if (!rewrite || scope.open) return undefined;
  const [pattern, replacement, flag] = rewrite.args;
  if (!pattern || !replacement || (flag && flag.value !== 'last')) return undefined;
  if (pattern.value.length > longestPattern || hasTemplateMark(replacement.value)) return undefined;
  return isRedirectUrl(replacement.value) ? undefined : { route, rewrite, pass: handler.directive, path };
}

/** Behind a path without a final slash clients ask for what is below it. */
function below(prefix: string): string {
  return prefix.endsWith('/') ? prefix : `${prefix}/`;
}

/** What answers instead, in words; undefined where that is not known, is an error, or comes from the same backend after all. */
function otherLocation({ outcome, location, virtualHost, steps }: Trace, pass: Directive): string | undefined {
  if (!virtualHost || outcome.kind === 'unknown' || steps.some(({ does }) => does === 'give-up')) return undefined;
  const own = pass.parent.owner && headerOf(pass.parent.owner);
  const chosen = location?.place;
  if (own && chosen && own.file === chosen.file && own.start === chosen.start) return undefined;
  const target = pass.args[0]?.value ?? '';
  if (outcome.kind === 'proxy' && target.includes(outcome.backend.replace(/^\w+:\/\//, ''))) return undefined;
  return location ? `"${location.text}"` : 'no location';
}
