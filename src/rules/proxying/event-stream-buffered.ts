import { unknown, type Route } from '../../model/model.ts';
import { isOff, secondsOf } from '../../servers/nginx/meaning/settings.ts';
import type { Directive } from '../../syntax/tree.ts';
import { sitesOf } from '../_shared/applications/sites.ts';
import { proxyRoute, type ProxyRoute } from '../_shared/backends.ts';
import { delayOf } from '../_shared/event-delay.ts';
import { nginxHttpPass } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Answers that are streams of events are collected in a buffer',
    why: 'With "proxy_buffering on", the default, nginx waits for a full buffer, or for the end of the answer, before it sends on what a backend says in HTTP/1.0, or what is compressed: events reach the browser late and many at a time, or never.',
    how: 'Write "proxy_buffering off;" in this location, or let the backend send "X-Accel-Buffering: no"; nginx reads that header in the answers of the backend only.',
    whenOff: 'Where the backend sends "X-Accel-Buffering: no" with its streams.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: nginxHttpPass },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
      'https://html.spec.whatwg.org/multipage/server-sent-events.html',
    ],
  },
  messages: {
    version:
      'By its path, this location passes a stream of events on, but "proxy_buffering" is on, and HTTP/1.0 is spoken with the backend.',
    compressed:
      'By its path, this location passes a stream of events on, but "proxy_buffering" is on, and the stream is compressed.',
    header:
      '"{{header}}" is not said to nginx here, which reads it in the answers of the backend only: "proxy_buffering" stays on.',
  },
  check(context) {
    const { report } = context;
    const streams: { readonly route: ProxyRoute; readonly header: Directive | undefined }[] = [];

    function look(each: Route): void {
      const route = proxyRoute(each);
      if (!route || isOff(route.scope, 'proxy_buffering') || route.scope.certainty('proxy_buffering') === 'unread')
        return;
      const header = misdirected(route);
      if (header || isEventStream(route)) streams.push({ route, header });
    }

    return {
      route: look,
      async end() {
        const sites = streams.length > 0 ? await sitesOf(context) : [];
        const told = new Set<Directive>();
        for (const { route, header } of streams) {
          const { directive } = route.handler;
          const at = header ?? directive;
          if (told.has(at)) continue;
          told.add(at);
          const delay = delayOf(route);
          if (header) {
            const related = [{ at: directive, message: 'whose answers are buffered' }];
            const data = { header: header.args[0]!.value };
            report({ message: 'header', at, data, ...(delay && { severity: 'warning' }), confidence: 'high', related });
            continue;
          }
          // What is known of an application says application-buffering.
          if (!delay || sites.some(({ routes }) => routes.includes(route))) continue;
          const related = typeof delay === 'object' ? [{ at: delay, message: 'by this' }] : [];
          report({ message: delay === 'version' ? 'version' : 'compressed', at, related });
        }
      },
    };
  },
});

/** `X-Accel-Buffering: no` in what clients or the backend are sent. */
function misdirected({ scope }: Route): Directive | undefined {
  return ['add_header', 'proxy_set_header']
    .flatMap((key) => scope.effective(key))
    .find(
      ({ args: [name, value] }) => /^x-accel-buffering$/i.test(name?.value ?? '') && /^no$/i.test(value?.value ?? ''),
    );
}

/** Whether the path says so by itself, or by a word that also means other things where the location is made for long answers. */
function isEventStream(route: ProxyRoute): boolean {
  const { match, directive } = route;
  if (directive.key !== 'location' || match.kind === 'condition') return false;
  if (wantsUpgrade(route)) return false;
  const words = match.pattern.toLowerCase().split(/[^a-z]+/);
  const isNamed =
    /event-?_?stream|event-?source|server-sent/.test(match.pattern.toLowerCase()) || words.includes('sse');
  return isNamed || (words.some((word) => eventWords.has(word)) && isMadeForStreams(route));
}

const eventWords: ReadonlySet<string> = new Set([
  'events',
  'event',
  'stream',
  'streaming',
  'subscribe',
  'notifications',
  'live',
]);

/** A location for WebSockets has a long timeout, too. */
function wantsUpgrade({ backend }: ProxyRoute): boolean {
  const upgrade = backend.headers.get('upgrade');
  return upgrade !== undefined && upgrade.origin !== 'default';
}

function isMadeForStreams({ scope, backend }: ProxyRoute): boolean {
  const timeout = secondsOf(scope.own('proxy_read_timeout').at(-1));
  if (timeout !== undefined && timeout >= 600) return true;
  if (isOff(scope.own('chunked_transfer_encoding').at(-1))) return true;
  const connection = backend.headers.get('connection');
  const isOwn =
    connection !== undefined &&
    connection.origin !== 'default' &&
    scope.own('proxy_set_header').includes(connection.origin);
  return isOwn && connection.value !== unknown && connection.value === '' && isOff(scope.own('proxy_cache').at(-1));
}
