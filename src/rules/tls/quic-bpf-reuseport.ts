import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOn } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: '"quic_bpf" with reuseport and several workers loses QUIC connections after a reload',
    why: 'After a reload the sockets of the old workers stay open until their last request ends, and the kernel still hands new QUIC connections to them: these hang (nginx ticket 425).',
    how: 'Remove quic_bpf, or restart nginx instead of reloading it. Without connection migration, browsers reconnect by themselves.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['quic_bpf'] },
    references: [
      'https://github.com/nginx/nginx/issues/425',
      'https://nginx.org/en/docs/http/ngx_http_v3_module.html#quic_bpf',
    ],
  },
  messages: {
    lost: '"quic_bpf on" with a QUIC listener that has "reuseport": after a reload new connections reach workers that no longer answer.',
    noEffect: '"quic_bpf on" has no effect, because no QUIC listener has "reuseport".',
  },
  check({ config, report }) {
    let bpf: Directive | undefined;
    let workers: string | undefined;
    const quic: Directive[] = [];

    return {
      directives: {
        quic_bpf(directive) {
          if (isOn(directive)) bpf = directive;
        },
        worker_processes(directive) {
          workers = directive.args[0]?.value;
        },
        listen(directive) {
          if (directive.args.some(({ value }) => value === 'quic')) quic.push(directive);
        },
      },
      end() {
        if (!bpf || quic.length === 0) return;
        const shared = quic.find(({ args }) => args.some(({ value }) => value === 'reuseport'));
        // One worker is the default.
        const isAlone = workers === undefined ? config.serversComplete : workers === '1';
        if (shared && !isAlone)
          report({ message: 'lost', at: bpf, related: [{ at: shared, message: 'a socket for each worker' }] });
        else if (!shared && config.serversComplete) report({ message: 'noEffect', at: bpf, severity: 'info' });
      },
    };
  },
});
