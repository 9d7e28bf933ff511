import { placeIn, type Directive } from '../../syntax/tree.ts';
import { hasTemplateMark } from '../../text/template/placeholder.ts';
import { defineRule } from '../define-rule.ts';
import { isRedirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';

export default defineRule({
  meta: {
    summary: 'A rewrite after which the next ones go on with the new path',
    why: 'Without a flag nginx tries all following rewrites on what this one made, which may rewrite it once more.',
    how: 'Add "last" (look for a location anew) or "break" (stay in this one), unless the following rules are meant to see the new path.',
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite'],
  },
  messages: { open: 'No flag ends the rewriting after "{{pattern}}".' },
  check({ report }) {
    function check(rewrite: Directive): void {
      const { args } = rewrite;
      const [pattern, replacement] = args;
      if (!pattern || !replacement || args.length > 2) return;
      // It may bring its flag with it.
      if (hasTemplateMark(replacement.value)) return;
      // These answer with a redirect, flag or not.
      if (isRedirectUrl(replacement.value)) return;
      report({ message: 'open', at: placeIn(rewrite, pattern), data: { pattern: pattern.value } });
    }

    return { directives: { rewrite: check } };
  },
});
