import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'No request is logged anywhere',
    why: 'Without an access log, an attack or a fault leaves no trace of who asked for what and when.',
    how: 'Log requests at the level of the server, and turn the log off only where it is noise: probes, static files.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log',
      'https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#customlog',
      'https://cwe.mitre.org/data/definitions/778.html',
    ],
  },
  messages: {
    off: '"access_log off" holds for every server, and nothing turns the log on again.',
    none: 'Nothing writes an access log: there is no "CustomLog" and no "TransferLog".',
  },
  check: {
    nginx({ config, report }) {
      const off: Directive[] = [];
      let isLogged = false;
      return {
        directives: {
          access_log(directive) {
            if (directive.args[0]?.value !== 'off') isLogged = true;
            else if (/^(?:http|server)$/.test(directive.parent.owner?.key ?? '')) off.push(directive);
          },
        },
        virtualHost({ scope, directive }) {
          // Without any directive nginx writes its log.
          isLogged ||= directive !== undefined && scope.effective('access_log').length === 0;
        },
        end() {
          const [first, ...others] = off;
          if (!config.complete || isLogged || !first) return;
          const outermost = off.find(({ parent }) => parent.owner?.key === 'http');
          const related = outermost ? [] : others.map((at) => ({ at, message: 'and here' }));
          report({ message: 'off', at: outermost ?? first, related });
        },
      };
    },
    apache({ config, report }) {
      let isLogged = false;
      const log = (): void => void (isLogged = true);
      return {
        directives: { customlog: log, transferlog: log, globallog: log },
        end() {
          const listen = config.file.root.directives.find(({ key }) => key === 'listen');
          if (config.complete && !isLogged && listen) report({ message: 'none', at: listen });
        },
      };
    },
  },
});
