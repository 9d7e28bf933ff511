import { unknown, type Handler, type Route } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { withoutSocket } from '../../model/url.ts';

export default defineRule({
  meta: {
    summary: 'The path of a location and the path of its proxy target differ in the final slash',
    why: 'The server cuts the matched path off and puts the path of the target in its place, character by character: without a slash on one side segments run together, with one too many the backend gets an empty segment.',
    how: 'End both paths with a slash, or neither.',
    whenOff: 'Where the backend answers the paths that come of it, as its log shows.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
    ],
  },
  messages: {
    glued: 'The target "{{target}}" lacks the final slash that "{{path}}" has: "{{from}}" becomes "{{to}}".',
    gluedHost:
      'The target "{{target}}" lacks the final slash that "{{path}}" has: "{{from}}" becomes "{{to}}", a host that does not exist.',
    doubled: 'The path "{{path}}" lacks the final slash that "{{target}}" has: "{{from}}" becomes "{{to}}".',
  },
  check({ report }) {
    function check({ match, directive, handler }: Route): void {
      if (handler.kind !== 'proxy') return;
      const { word, path } = handler.target;
      if (path === unknown || !comparable(match.pattern, word)) return;
      const from = match.pattern.endsWith('/') ? `${match.pattern}x` : `${match.pattern}/x`;
      const to = withoutSocket(word.value) + from.slice(match.pattern.length);
      const data = { path: match.pattern, target: word.value, from, to };
      const at = placeIn(handler.directive, word);
      const pathWord = pathWordOf(directive);
      const place = pathWord ? placeIn(directive, pathWord) : directive;
      const witness = `curl -i 'http://host${from}'`;
      if (match.pattern.endsWith('/')) {
        if (path === undefined && !isApache(handler.directive)) return;
        if (path !== undefined && !/\w$/.test(path)) return;
        const related = [{ at: place, message: 'ends with a slash' }];
        const edits = [{ place: { ...at, start: beforeQuote(word), end: beforeQuote(word) }, text: '/' }];
        const fix = { title: 'Add the final slash to the target', edits };
        if (path === undefined) report({ message: 'gluedHost', at, severity: 'error', data, related, witness, fix });
        else report({ message: 'glued', at, data, related, witness, fix });
      } else if (path?.endsWith('/') && !isUwsgi(handler)) {
        report({ message: 'doubled', at, data, related: [{ at: place, message: 'has no final slash' }], witness });
      }
    }

    return {
      route(route) {
        if (route.preemptedBy || !takesPrefix(route)) return;
        check(route);
      },
    };
  },
});

/** nginx: a plain location that passes on by itself what no rewrite has changed; httpd: ProxyPass, listed or in a Location. */
function takesPrefix({ match, handler, scope, directive }: Route): boolean {
  if (handler.kind !== 'proxy') return false;
  if (handler.directive.key === 'proxypass') return match.kind === 'prefix' && directive.key !== 'locationmatch';
  if (match.kind !== 'prefix' && match.kind !== 'prefix-noregex') return false;
  return handler.directive.key === 'proxy_pass' && scope.own('rewrite').length === 0 && scope.own('if').length === 0;
}

/** A path that is one file has nothing below it; a target with arguments takes the rest of the path into them; `http:/x` is refused. */
function comparable(path: string, { value }: Word): boolean {
  if (/^\w+:\/(?!\/)/.test(value) && !value.startsWith('unix:')) return false;
  return path.startsWith('/') && !/\.\w+$/.test(path) && !/[?${}%<>]/.test(value);
}

/** mod_proxy_uwsgi leaves the slashes out that the path to the application begins with. */
function isUwsgi({ protocol }: Extract<Handler, { kind: 'proxy' }>): boolean {
  return protocol === 'uwsgi';
}

function isApache({ key }: Directive): boolean {
  return key === 'proxypass';
}

/** The last argument of a location, the first of the others. */
function pathWordOf({ key, args }: Directive): Word | undefined {
  return key === 'location' ? args.at(-1) : args[0];
}

function beforeQuote({ end, quote, raw }: Word): number {
  return quote !== '' && raw.endsWith(quote) ? end - 1 : end;
}
