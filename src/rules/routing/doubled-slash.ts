import { readUrl } from '../../model/url.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A slash is written before a path that begins with one',
    why: 'The target gets "//": many applications know no such path, compare it with their routes in vain, or redirect to the one with a single slash, again and again.',
    how: {
      nginx: 'Write "$uri" or "$request_uri" right behind the host: both begin with a slash.',
      apache: 'Leave the slash out of the pattern\'s group, "^/(.*)$", or out of the target, "https://example.com$1".',
    },
    whenOff: 'Where the target takes two slashes for one.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_request_uri',
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule',
    ],
  },
  messages: {
    doubled: 'The path becomes "//...": "{{part}}" begins with a slash already.',
  },
  check({ report }) {
    function tell(directive: Directive, word: Word, part: string): void {
      report({ message: 'doubled', at: placeIn(directive, word), data: { part } });
    }

    function checkTarget(directive: Directive, word: Word | undefined): void {
      const part = beginOfPath(word?.value ?? '', /^\$(?:\{(?:request_)?uri\}|(?:request_)?uri(?!\w))/);
      if (word && part) tell(directive, word, part);
    }

    function checkRule(directive: Directive): void {
      const [pattern, word] = directive.args;
      const section = directive.parent.owner?.key ?? '';
      // In a directory the path that is compared has no slash in front.
      if (!word || !/^(?:virtualhost)$/.test(section)) return;
      const part = beginOfPath(word.value, /^(?:\$1|%\{REQUEST_URI\})/i);
      if (part && (part !== '$1' || /^\^?\((?:\.\*|\.\+|\/)/.test(pattern!.value))) tell(directive, word, part);
    }

    return {
      directives: {
        return: (directive) => checkTarget(directive, directive.args.at(-1)),
        proxy_pass: (directive) => checkTarget(directive, directive.args[0]),
        rewrite: (directive) => checkTarget(directive, directive.args[1]),
        rewriterule: checkRule,
      },
    };
  },
});

/** What stands right behind the first slash of a URL's path, if it fits. */
function beginOfPath(target: string, pattern: RegExp): string | undefined {
  const { authority, path } = readUrl(target);
  if (authority.text === '' || !path.text.startsWith('/')) return undefined;
  return pattern.exec(path.text.slice(1))?.[0];
}
