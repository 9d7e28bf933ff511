import { parseSize } from '../../../meaning/values.ts';
import { refuseForm } from '../../refuse.ts';
import { remembered, type NginxCheck, type Run } from '../../run.ts';
import { enclosingNamed, type Directive } from '../../../../../syntax/tree.ts';

/** `ngx_http_ssl_session_cache` and its like. */
export const sslSessionCache: NginxCheck = (directive, run) => {
  for (const word of directive.args) {
    const { value } = word;
    if (/^(?:off|none|builtin|builtin:\d+)$/.test(value)) continue;
    const shared = /^shared:([^:]+):(.*)$/s.exec(value);
    if (!shared || !(parseSize(shared[2]!) >= 8 * 4096)) {
      refuseForm(run, directive, word, '"off", "none", "builtin" or "shared:name:size" with a size of at least 32k');
    } else checkSize(run, directive, shared[1]!, parseSize(shared[2]!));
  }
};

const sizes = remembered(() => new Map<string, { readonly size: number; readonly directive: Directive }>());

/** Servers share a cache by its name, which has one size; http, stream and mail have caches of their own. */
function checkSize(run: Run, directive: Directive, name: string, size: number): void {
  const family = familyOf(directive);
  const first = sizes(run).get(`${family} ${name}`);
  if (!first) sizes(run).set(`${family} ${name}`, { size, directive });
  else if (first.size !== size) {
    const related = [{ at: first.directive, message: 'the first is here' }];
    run.refusals.report({ rule: 'conflicting-directives', message: 'size', at: directive, data: { name }, related });
  }
}

function familyOf(directive: Directive): string {
  return ['stream', 'mail'].find((name) => enclosingNamed(directive, name)) ?? 'http';
}
