import { unknown, type Route } from '../../model/model.ts';
import { comparesPattern } from '../../servers/apache/meaning/proxy-pass.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A ProxyPassMatch without a group in its target, to which the whole path is added',
    why: 'Without "$1" in the target Apache appends the path of the request as it came: a request for /old/a to http://backend/new asks for /new/old/a, and one to http://backend/ for //old/a.',
    how: 'Put the part to be kept into a group: "ProxyPassMatch ^/old/(.*)$ http://backend/new/$1". To pass the path on unchanged, write no path, not even a slash.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['proxypass', 'proxypassmatch'] },
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypassmatch'],
  },
  messages: {
    appended: 'The whole path of the request is added to "{{url}}": the target has no group such as "$1".',
    slash: 'The backend is asked for paths with two slashes: the whole path is added to "{{url}}".',
  },
  check({ report }) {
    const told = new Set<Directive>();
    return {
      route({ handler }: Route) {
        if (handler.kind !== 'proxy' || !handler.directive.key.startsWith('proxypass')) return;
        const { directive, target } = handler;
        if (told.has(directive) || !comparesPattern(directive)) return;
        const { word, scheme, path } = target;
        if (scheme === unknown || !schemes.has(scheme)) return;
        if (typeof path !== 'string' || /[$%]/.test(word.value)) return;
        told.add(directive);
        report({
          message: path === '/' ? 'slash' : 'appended',
          at: placeIn(directive, word),
          data: { url: word.value },
        });
      },
    };
  },
});

/** Those whose module appends the path. */
const schemes: ReadonlySet<string> = new Set(['http', 'https', 'ws', 'wss', 'h2', 'h2c', 'balancer']);
