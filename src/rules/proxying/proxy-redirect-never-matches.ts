import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A proxy_redirect that no Location header begins with',
    why: 'nginx compares the text with the begin of the Location header, letter by letter. A header begins with a scheme or a slash, and only a text after "~" is a pattern: other texts replace nothing, and clients are sent to the address of the backend.',
    how: 'Write the scheme ("proxy_redirect http://backend:8080/ /;"), or "~" before a pattern.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_redirect'],
  },
  messages: {
    host: 'No Location header begins with "{{text}}": the scheme before the host is missing.',
    pattern: 'No Location header begins with "{{text}}": without "~" this is no pattern, but a text.',
  },
  check: ({ report }) => ({
    directives: {
      proxy_redirect(directive: Directive) {
        const [word, to] = directive.args;
        if (!word || !to) return;
        const text = word.value;
        const message = isPatternText(text) ? 'pattern' : isBareHost(text) ? 'host' : undefined;
        if (message) report({ message, at: placeIn(directive, word), data: { text } });
      },
    },
  }),
});

function isPatternText(text: string): boolean {
  return !text.startsWith('~') && (text.startsWith('^') || /\.[*+]|\\[./]|\[\^/.test(text));
}

/** A host with a port or a dot in it; a relative Location may begin with the name of a file. */
function isBareHost(text: string): boolean {
  if (/^\$\{?(?:host|http_host|server_name|server_addr|proxy_host|hostname)\b/.test(text)) return true;
  const host = /^([\w-]+(?:\.[\w-]+)*)(:\d+)?(?:\/|$)/.exec(text);
  if (!host) return false;
  if (host[2] !== undefined || host[1] === 'localhost') return true;
  return /\.[a-z]+$/i.test(host[1]!) && !/\.(?:php\d?|html?|xhtml|aspx?|jsp|do|cgi|pl|py|action)$/i.test(host[1]!);
}
