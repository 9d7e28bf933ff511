import type { Edit } from '../finding.ts';
import type { Scope } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { insertInto } from '../../edits/statements.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { settingsOf } from '../../servers/settings.ts';

const messages = {
  told: '"{{directive}} {{value}}" tells the version of the server in every response; use "{{directive}} {{quiet}}".',
  unset: 'Responses tell the version of the server, because "{{directive}}" is not set; use "{{directive}} {{quiet}}".',
} as const;

export default defineRule({
  meta: {
    summary: 'Responses tell the version of the server',
    why: 'A scanner that reads the version knows which published weaknesses to try. Hiding it closes none of them, but spares you from being picked.',
    how: {
      nginx: 'Write "server_tokens off;".',
      apache: 'Write "ServerTokens Prod" and "ServerSignature Off".',
    },
    whenOff: 'Where everybody may know the version.',
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
  messages,
  check: {
    nginx(context) {
      let isHidden = false;
      const hidesServer = ({ args }: Directive): void => {
        if (args.some(({ value }) => /^server\b/i.test(value))) isHidden = true;
      };
      return {
        directives: {
          server_tokens: (directive) => checkWord(context, directive, [nginxTelling, 'off']),
          more_clear_headers: hidesServer,
          more_set_headers: hidesServer,
        },
        end() {
          if (!isHidden) checkUnset(context);
        },
      };
    },
    apache: (context) => ({
      directives: { servertokens: (directive) => checkWord(context, directive, [apacheTelling, 'Prod']) },
    }),
  },
});

type Context = RuleContext<typeof messages>;

function checkWord(
  { dialect, report }: Context,
  directive: Directive,
  [telling, quiet]: readonly [telling: ReadonlySet<string>, quiet: string],
): void {
  const word = directive.args[0];
  if (!word || !telling.has(settingsOf(dialect).wordOf(directive) ?? '')) return;
  const edits = [replace(directive, word, quiet)];
  report({
    message: 'told',
    at: directive,
    data: { directive: directive.name.value, value: word.value, quiet },
    fix: { title: `Use "${quiet}"`, edits },
    witness: `curl -sI 'http://host/'`,
  });
}

/** Only where all that nginx reads was seen. */
function checkUnset(context: Context): void {
  const { config, report } = context;
  if (!config.complete || config.level !== 'main') return;
  const http = childrenNamed(config.file.root, 'http')[0];
  const hosts = context.model.virtualHosts;
  const telling = hosts.filter(({ scope }) => scope.certainty('server_tokens') === 'known' && isUnset(scope));
  if (hosts.length === 0) return;
  const places = telling.length === hosts.length ? [http] : telling.map(({ directive }) => directive);
  for (const at of places) {
    if (!at?.block) continue;
    const data = { directive: 'server_tokens', quiet: 'off' };
    const fix = { title: 'Set "server_tokens off"', edits: [insertInto(at.block, 'server_tokens off')] };
    report({ message: 'unset', at, confidence: 'medium', data, fix });
  }
}

/** A location that hides it does not hide it for the server. */
function isUnset(scope: Scope): boolean {
  return scope.effective('server_tokens').length === 0;
}

const nginxTelling: ReadonlySet<string> = new Set(['on', 'build']);
const apacheTelling: ReadonlySet<string> = new Set(['full', 'os', 'min', 'minimal', 'minor']);

function replace(directive: Directive, word: Word, text: string): Edit {
  return { place: placeIn(directive, word), text };
}
