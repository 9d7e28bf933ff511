import type { Edit } from '../../finding.ts';
import { placeIn, type Directive, type Word } from '../../ir/syntax.ts';
import { childrenNamed } from '../../ir/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Responses tell the version of the server',
    why: 'A scanner that reads the version knows which published weaknesses to try. Hiding it closes none of them, but spares you from being picked.',
    how: 'nginx: "server_tokens off;". Apache: "ServerTokens Prod" and "ServerSignature Off".',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#server_tokens',
      'https://httpd.apache.org/docs/2.4/mod/core.html#servertokens',
      'https://cwe.mitre.org/data/definitions/200.html',
    ],
  },
  messages: {
    told: '"{{directive}} {{value}}" tells the version of the server in every response; use "{{directive}} {{quiet}}".',
    unset:
      'Responses tell the version of the server, because "{{directive}}" is not set; use "{{directive}} {{quiet}}".',
  },
  check({ config, model, report }) {
    let isHidden = false;

    function checkWord(directive: Directive, telling: ReadonlySet<string>, quiet: string): void {
      const word = directive.args[0];
      if (!word || !telling.has(word.value.toLowerCase())) return;
      const edits = [replace(directive, word, quiet)];
      report({
        message: 'told',
        at: directive,
        data: { directive: directive.name.value, value: word.value, quiet },
        fix: { title: `Use "${quiet}"`, edits },
        witness: `curl -sI 'http://host/'`,
      });
    }

    const hidesServer = ({ args }: Directive): void => {
      if (args.some(({ value }) => /^server\b/i.test(value))) isHidden = true;
    };

    /** Only where all that nginx reads was seen. */
    function checkUnset(): void {
      if (isHidden || !config.complete || config.level !== 'main' || model.dialect !== 'nginx') return;
      const http = childrenNamed(config.file.root, 'http')[0];
      const telling = model.virtualHosts.filter(({ scope }) => scope.effective('server_tokens').length === 0);
      if (!http || telling.length === 0) return;
      const isAll = telling.length === model.virtualHosts.length;
      for (const at of isAll ? [http] : telling.flatMap(({ directive }) => directive ?? []))
        report({ message: 'unset', at, confidence: 'medium', data: { directive: 'server_tokens', quiet: 'off' } });
    }

    return {
      directives: {
        server_tokens: (directive) => checkWord(directive, nginxTelling, 'off'),
        servertokens: (directive) => checkWord(directive, apacheTelling, 'Prod'),
        more_clear_headers: hidesServer,
        more_set_headers: hidesServer,
      },
      end: checkUnset,
    };
  },
});

const nginxTelling: ReadonlySet<string> = new Set(['on', 'build']);
const apacheTelling: ReadonlySet<string> = new Set(['full', 'os', 'min', 'minimal', 'minor']);

function replace(directive: Directive, word: Word, text: string): Edit {
  return { place: placeIn(directive, word), text };
}
