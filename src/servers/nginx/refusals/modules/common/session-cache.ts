import { parseSize } from '../../../meaning/values.ts';
import { refuseForm } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';

/** `ngx_http_ssl_session_cache` and its like. */
export const sslSessionCache: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    const { value } = word;
    if (/^(?:off|none|builtin|builtin:\d+)$/.test(value)) continue;
    const shared = /^shared:([^:]+):(.*)$/s.exec(value);
    if (!shared || !(parseSize(shared[2]!) >= 8 * 4096)) {
      refuseForm(run, directive, word, '"off", "none", "builtin" or "shared:name:size" with a size of at least 32k');
    }
  }
};
