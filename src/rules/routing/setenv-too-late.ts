import { environmentSetters } from '../../servers/apache/meaning/environment-setters.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A variable of SetEnv that is asked before SetEnv sets it',
    why: 'SetEnv and PassEnv run last, when sections, access control and rewrite rules have been decided. For those the variable is not set: the condition fails for every request, or a negated one holds for all. Nor does mod_proxy see what it asks for while it looks for the backend.',
    how: 'Set it by SetEnvIf: "SetEnvIf Request_URI . NAME=value", or by a RewriteRule with [E=NAME:value].',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['setenv', 'passenv'] },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_env.html#setenv',
      'https://httpd.apache.org/docs/2.4/env.html',
    ],
  },
  messages: {
    late: '"{{name}}" is not set yet when this is decided: SetEnv and PassEnv run later.',
    proxy: '"{{name}}" has no effect by {{directive}}: mod_proxy asks for it earlier, while it looks for the backend.',
  },
  check({ config, report }) {
    function check(directive: Directive, names: readonly (readonly [name: string, word: Word])[]): void {
      const { late, early, isOpen } = environmentSetters(config);
      if (isOpen) return;
      for (const [name, word] of names) {
        const setters = late.get(name);
        if (!setters || early.has(name)) continue;
        const related = setters.slice(0, 3).map((at) => ({ at, message: 'set here, too late' }));
        report({ message: 'late', at: placeIn(directive, word), data: { name }, related });
        return;
      }
    }

    const inExpression = (directive: Directive): void => check(directive, directive.args.flatMap(namesInExpression));
    const afterEnv = (directive: Directive): void => {
      const { args } = directive;
      const index = args.findIndex(({ value }) => /^env$/i.test(value));
      check(directive, index === -1 ? [] : args.slice(index + 1).map((word) => [word.value, word] as const));
    };
    const ofCompat = (directive: Directive): void =>
      check(
        directive,
        directive.args.flatMap((word) => {
          const name = /^env=!?(.+)$/i.exec(word.value)?.[1];
          return name === undefined ? [] : [[name, word] as const];
        }),
      );

    const forProxy = (directive: Directive, words: readonly Word[]): void => {
      const { early, isOpen } = environmentSetters(config);
      const word = words.find(({ value }) => askedEarly.has(value.toLowerCase()));
      if (!word || isOpen || early.has(word.value)) return;
      const data = { name: word.value, directive: directive.name.value };
      report({ message: 'proxy', at: placeIn(directive, word), data });
    };

    return {
      directives: {
        setenv: (directive) => forProxy(directive, directive.args.slice(0, 1)),
        passenv: (directive) => forProxy(directive, directive.args),
        if: inExpression,
        elseif: inExpression,
        rewritecond: inExpression,
        require(directive) {
          if (/^expr$/i.test(directive.args[0]?.value ?? '')) inExpression(directive);
          else afterEnv(directive);
        },
        allow: ofCompat,
        deny: ofCompat,
      },
    };
  },
});

/** What mod_proxy reads while it finds the backend (mod_proxy_fcgi.c and mod_proxy_scgi.c of 2.4.71); proxy-exclusion-after-match tells of `no-proxy`. */
const askedEarly: ReadonlySet<string> = new Set(['proxy-fcgi-pathinfo', 'proxy-scgi-pathinfo']);

function namesInExpression(word: Word): (readonly [string, Word])[] {
  const found = word.value.matchAll(/%\{(?:ENV|reqenv):([^}]+)\}|\b(?:reqenv|env)\(\s*['"]([^'"]+)['"]\s*\)/gi);
  return [...found].map((match) => [(match[1] ?? match[2])!, word] as const);
}
