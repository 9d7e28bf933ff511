import { readUrl } from '../../model/url.ts';
import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A target has a slash too many or too few: "//path", "https:/host", or a path that runs into the next',
    why: 'The target gets "//": many applications know no such path, compare it with their routes in vain, or redirect to the one with a single slash, again and again.',
    how: {
      nginx:
        'Write "$uri" or "$request_uri" right behind the host: both begin with a slash. Behind the scheme there are two.',
      apache:
        'Leave the slash out of the pattern\'s group, "^/(.*)$", or out of the target, "https://example.com$1". Behind the scheme there are two, and of a Redirect both paths end with one, or neither.',
    },
    whenOff: 'Where the target takes two slashes for one.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_request_uri',
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect',
    ],
  },
  messages: {
    doubled: 'The path becomes "//...": "{{part}}" begins with a slash already.',
    single: 'A slash is missing behind "{{scheme}}": this names no host.',
    glued: 'The rest of the path follows without a slash: "{{from}}" is sent to "{{to}}".',
  },
  check({ report }) {
    function tell(directive: Directive, word: Word, part: string): void {
      report({ message: 'doubled', at: placeIn(directive, word), data: { part } });
    }

    function checkScheme(directive: Directive, word: Word | undefined): void {
      const [, scheme] =
        /^((?:https?|wss?|\$scheme|\$\{scheme\}|%\{REQUEST_SCHEME\}):)\/(?!\/)/i.exec(word?.value ?? '') ?? [];
      if (!word || scheme === undefined) return;
      const start = word.start + word.raw.indexOf(':/') + 1;
      const edits = [{ place: placeIn(directive, { start, end: start }), text: '/' }];
      report({
        message: 'single',
        at: placeIn(directive, word),
        why: oneSlash,
        data: { scheme },
        fix: { title: 'Insert "/"', edits },
      });
    }

    /** `Redirect /old/ https://host/new`. */
    function checkRest(directive: Directive): void {
      const [path, word] = directive.args.slice(-2);
      if (!path?.value.startsWith('/') || !path.value.endsWith('/') || !word || /[?#$%{]/.test(word.value)) return;
      const { authority, path: target } = readUrl(word.value);
      if (authority.text === '' || !/[\w-]$/.test(target.text) || /\.\w+$/.test(target.text)) return;
      const data = { from: `${path.value}x`, to: `${word.value}x` };
      const place = placeIn(directive, word);
      const end = word.quote !== '' && word.raw.endsWith(word.quote) ? word.end - 1 : word.end;
      const edits = [{ place: { ...place, start: end, end }, text: '/' }];
      report({ message: 'glued', at: place, why: glued, data, fix: { title: 'Add the final slash', edits } });
    }

    function checkRedirect(directive: Directive): void {
      checkScheme(directive, directive.args.at(-1));
      checkRest(directive);
    }

    function checkTarget(directive: Directive, word: Word | undefined): void {
      checkScheme(directive, word);
      checkPath(directive, word);
    }

    function checkPath(directive: Directive, word: Word | undefined): void {
      const part = beginOfPath(word?.value ?? '', /^\$(?:\{(?:request_)?uri\}|(?:request_)?uri(?!\w))/);
      if (word && part) tell(directive, word, part);
    }

    function checkRule(directive: Directive): void {
      const [pattern, word] = directive.args;
      checkScheme(directive, word);
      const section = directive.parent.owner?.key ?? '';
      // In a directory the path that is compared has no slash in front.
      if (!word || !/^(?:virtualhost)$/.test(section)) return;
      const part = beginOfPath(word.value, /^(?:\$1|%\{REQUEST_URI\})/i);
      if (part && (part !== '$1' || /^\^?\((?:\.\*|\.\+|\/)/.test(pattern!.value))) tell(directive, word, part);
    }

    return {
      directives: {
        return: (directive) => checkTarget(directive, redirectUrl(directive)),
        error_page: (directive) => checkScheme(directive, directive.args.at(-1)),
        proxy_pass: (directive) => checkPath(directive, directive.args[0]),
        rewrite: (directive) => checkTarget(directive, directive.args[1]),
        rewriterule: checkRule,
        redirect: checkRedirect,
        redirectpermanent: checkRedirect,
        redirecttemp: checkRedirect,
        redirectmatch: (directive) => checkScheme(directive, directive.args.at(-1)),
        errordocument: (directive) => checkScheme(directive, directive.args[1]),
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

const oneSlash =
  'With one slash it is no URL: clients that came over the same scheme take what follows for a path of this server, others guess, and RewriteRule takes all of it for a path.';
const glued =
  'What follows the path of the request is added to the target as it is: without a slash on one side segments run together, and clients get 404.';
