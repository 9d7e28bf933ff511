import { insertInto } from '../../edits/statements.ts';
import { defineRule } from '../define-rule.ts';
import { wholeHttp } from './_unset.ts';

export default defineRule({
  meta: {
    summary: 'The limit for request bodies is left at 1 MB',
    why: 'nginx answers larger uploads with 413 before the application sees them, which surprises whoever uploads the first photo.',
    how: 'Set "client_max_body_size" to what the application takes, even if that is the default.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    fixable: 'safe',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size'],
  },
  messages: { unset: 'Nothing sets "client_max_body_size": request bodies of more than 1 MB are answered with 413.' },
  check({ config, report }) {
    let isSet = false;
    return {
      directives: { client_max_body_size: () => void (isSet = true) },
      end() {
        const http = isSet ? undefined : wholeHttp(config);
        if (!http?.block) return;
        const fix = { title: 'Write the default', edits: [insertInto(http.block, 'client_max_body_size 1m')] };
        report({ message: 'unset', at: http, fix });
      },
    };
  },
});
