import { defineRule } from '../define-rule.ts';
import { wholeHttp } from './_unset.ts';

export default defineRule({
  meta: {
    summary: 'The error log is where the build of nginx put it',
    why: 'Whoever looks for errors must know how nginx was built, and a log that nobody finds is rotated and watched by nobody.',
    how: 'Name the file and the level: "error_log /var/log/nginx/error.log warn;".',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/ngx_core_module.html#error_log'],
  },
  messages: { unset: 'Nothing sets "error_log": errors go to the file that was chosen when nginx was built.' },
  check({ config, report }) {
    let isSet = false;
    return {
      directives: { error_log: () => void (isSet = true) },
      end() {
        const http = isSet ? undefined : wholeHttp(config);
        if (http) report({ message: 'unset', at: http });
      },
    };
  },
});
