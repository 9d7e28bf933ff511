import { defineRule } from '../define-rule.ts';
import { wholeHttp } from './_unset.ts';

const switches = ['gzip', 'gzip_static', 'brotli', 'brotli_static', 'zstd', 'zstd_static'];

export default defineRule({
  meta: {
    summary: 'Nothing is compressed',
    why: 'Texts and scripts shrink to a quarter, which clients on slow lines notice; the default is off.',
    how: 'Set "gzip on;" with "gzip_types", unless the backend compresses or answers over TLS hold secrets beside what clients send.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/http/ngx_http_gzip_module.html#gzip'],
  },
  messages: { unset: 'Nothing sets "gzip": responses are sent as they are.' },
  check({ config, report }) {
    let isSet = false;
    return {
      directives: Object.fromEntries(switches.map((key) => [key, () => void (isSet = true)])),
      end() {
        const http = isSet ? undefined : wholeHttp(config);
        if (http) report({ message: 'unset', at: http });
      },
    };
  },
});
