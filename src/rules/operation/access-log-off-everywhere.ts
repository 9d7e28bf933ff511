import type { VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';

/** Enough to see that it is every server. */
const maxRelated = 10;

export default defineRule({
  meta: {
    summary: 'No request is logged anywhere',
    why: 'Without an access log, an attack or a fault leaves no trace of who asked for what and when.',
    how: 'Log requests at the level of the server, and turn the log off only where it is noise: probes, static files.',
    whenOff: 'Where another server logs every request, such as a load balancer in front.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [{ access_log: isOff }], apache: ['listen'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log',
      'https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#customlog',
      'https://cwe.mitre.org/data/definitions/778.html',
    ],
  },
  messages: {
    off: '"access_log off" holds for every server, and none turns the log on again.',
    none: 'Nothing writes an access log: there is no "CustomLog" and no "TransferLog".',
  },
  check(context) {
    const { config, dialect, report } = context;
    const offs: Directive[] = [];
    let httpLevel: Directive | undefined;
    let isLogged = false;

    function log(directive: Directive): void {
      if (dialect !== 'nginx' || !isOff(directive)) isLogged = true;
      else if (directive.parent.owner?.key === 'http') httpLevel = directive;
      else if (directive.parent.owner?.key === 'server') offs.push(directive);
    }

    /** nginx logs by default. */
    function isUnlogged({ scope }: VirtualHost): boolean {
      return scope.certainty('access_log') === 'known' && scope.effective('access_log').length > 0;
    }

    return {
      directives: { access_log: log, customlog: log, transferlog: log, globallog: log },
      end() {
        if (!config.complete || isLogged) return;
        const unlogged = offs.length > 0 && context.model.virtualHosts.every(isUnlogged) ? offs : [];
        const [first, ...others] = httpLevel ? [httpLevel] : unlogged;
        const related = others.slice(0, maxRelated).map((at) => ({ at, message: 'and here' }));
        if (first) report({ message: 'off', at: first, related });
        const listen = config.file.root.directives.find(({ key }) => key === 'listen');
        if (dialect === 'apache' && listen) report({ message: 'none', at: listen });
      },
    };
  },
});
