import { redirectUrl } from '../../servers/nginx/meaning/redirect-url.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The arguments of a request are added to a target that has them already',
    why: 'The application gets each argument twice, the last one with a question mark in it ("?a=1?a=1"), or a part of the path as the end of an argument.',
    how: {
      nginx:
        '"$request_uri" holds the arguments. Write nothing behind it; in "rewrite" end the target with "?", or use "return 301 https://$host$request_uri;". For the path alone write "$uri".',
      apache: 'Leave out either "%{QUERY_STRING}" or the flag QSA.',
    },
    whenOff: 'Where the target takes the arguments twice without harm.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite',
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_request_uri',
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html#flag_qsa',
    ],
  },
  messages: {
    twice: 'The arguments are there twice: "{{variable}}" holds them, and {{what}} adds them once more.',
    behind:
      'What stands behind "{{variable}}" becomes a part of the arguments, if the request has any: "/x?a=1{{text}}".',
  },
  check({ report }) {
    function tell(directive: Directive, word: Word, variable: string, what: string): void {
      report({ message: 'twice', at: placeIn(directive, word), data: { variable, what } });
    }

    function checkTarget(directive: Directive, word: Word | undefined): void {
      const found = wholeUri.exec(word?.value ?? '');
      if (!word || !found || word.value.slice(0, found.index).includes('?')) return;
      const [variable] = found;
      const text = word.value.slice(found.index + variable.length);
      const more = /\$\{?(?:is_args|args|query_string)\b/.exec(text);
      if (more) tell(directive, word, variable, `"${text}"`);
      else if (/^[/\w.-]/.test(text))
        report({ message: 'behind', at: placeIn(directive, word), data: { variable, text } });
    }

    function checkRewrite(directive: Directive): void {
      const [, word, flag] = directive.args;
      const target = word?.value ?? '';
      if (!word || target.endsWith('?')) return;
      const isRedirect = /^(?:redirect|permanent)$/.test(flag?.value ?? '') || /^(?:https?|\$scheme):/.test(target);
      const query = target.indexOf('?');
      const own = /\$\{?(?:args|query_string)\b\}?/.exec(query === -1 ? '' : target.slice(query));
      const whole = wholeUri.exec(target);
      if (own) tell(directive, word, own[0], '"rewrite"');
      else if (whole && isRedirect && query === -1) tell(directive, word, whole[0], '"rewrite"');
    }

    function checkRule(directive: Directive): void {
      const [, word, flags] = directive.args;
      if (!word || !/[[,]\s*(?:QSA|qsappend)\s*[\],]/i.test(flags?.value ?? '')) return;
      const query = word.value.indexOf('?');
      const [variable] = /%\{QUERY_STRING\}/i.exec(query === -1 ? '' : word.value.slice(query)) ?? [];
      if (variable) tell(directive, word, variable, 'the flag "QSA"');
    }

    return {
      directives: {
        return: (directive) => checkTarget(directive, redirectUrl(directive)),
        proxy_pass: (directive) => checkTarget(directive, directive.args[0]),
        rewrite: checkRewrite,
        rewriterule: checkRule,
      },
    };
  },
});

const wholeUri = /\$\{request_uri\}|\$request_uri(?!\w)/;
