import { unknown, type Route } from '../../model/model.ts';
import { ApacheModules } from '../../servers/apache/meaning/modules.ts';
import { isBefore } from '../../model/versions.ts';
import { defineRule } from '../define-rule.ts';
import { wordTable } from '../../text/word-table.ts';

export default defineRule({
  meta: {
    summary: 'The module that a proxied URL needs is not loaded',
    why: 'Apache starts, and answers every such request with 500: "No protocol handler was valid for the URL".',
    how: 'Load the module with LoadModule (Debian: "a2enmod").',
    whenOff: 'Where the module is built into the server, or loaded in a file that proxylint does not see.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['loadmodule'] },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_so.html#loadmodule',
    ],
  },
  messages: {
    missing: '"{{url}}" needs "mod_{{module}}", which no "LoadModule" loads.',
  },
  check({ config, targets, report }) {
    const modules = new ApacheModules(config, targets.apache);
    const said = new Set<string>();

    function missingFor(scheme: string): string | undefined {
      const isWebSocket = scheme === 'ws' || scheme === 'wss';
      const isMissing = (name: string): boolean => modules.has(name) === false;
      if (isWebSocket && upgraders.every(isMissing)) return 'proxy_wstunnel';
      return (needed[scheme] ?? []).find(isMissing);
    }

    const isOld = targets.apache !== undefined && isBefore(targets.apache, '2.4.47');
    // Since then mod_proxy_http upgrades connections itself.
    const upgraders = isOld ? ['proxy_wstunnel'] : ['proxy_wstunnel', 'proxy_http'];

    function check({ handler, preemptedBy }: Route): void {
      if (handler.kind !== 'proxy' || handler.target.scheme === unknown || preemptedBy) return;
      const { scheme, word } = handler.target;
      const module = missingFor(scheme.toLowerCase());
      if (!module || said.has(module)) return;
      said.add(module);
      report({ message: 'missing', at: handler.directive, data: { url: word.value, module } });
    }

    return {
      route(route) {
        if (modules.certain) check(route);
      },
    };
  },
});

/** What handles a scheme. */
const needed: Readonly<Record<string, readonly string[]>> = wordTable({
  http: ['proxy_http'],
  https: ['proxy_http', 'ssl'],
  wss: ['ssl'],
  fcgi: ['proxy_fcgi'],
  scgi: ['proxy_scgi'],
  uwsgi: ['proxy_uwsgi'],
  ajp: ['proxy_ajp'],
  ftp: ['proxy_ftp'],
  h2: ['proxy_http2', 'ssl'],
  h2c: ['proxy_http2'],
  balancer: ['proxy_balancer', 'slotmem_shm'],
});
