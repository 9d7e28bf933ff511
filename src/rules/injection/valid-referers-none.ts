import { directivesByKey } from '../../syntax/walk.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { forbids } from './_origin-checks.ts';

export default defineRule({
  meta: {
    summary: 'A referer check that lets requests without a Referer header in, or with one that is no URL',
    why: 'Anyone can leave the header out: a link with rel="noreferrer", a Referrer-Policy, curl. As a protection against foreign pages the check then stops nobody who knows of it.',
    how: {
      nginx:
        'Leave "none" and "blocked" out where the check is meant to protect; keep them where people who hide the header shall be let in, and protect forms by tokens.',
      apache:
        'Leave the condition for an empty header out where the check is meant to protect; keep it where people who hide the header shall be let in, and protect forms by tokens.',
    },
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    needs: { nginx: ['valid_referers'], apache: ['rewritecond', 'setenvif*'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_referer_module.html#valid_referers',
      'https://httpd.apache.org/docs/2.4/rewrite/access.html',
    ],
  },
  messages: {
    none: 'The parameter "none" lets requests without a Referer header pass this check.',
    blocked:
      'The parameter "blocked" lets requests pass this check whose Referer header is no URL, such as "Referer: x".',
    empty: 'This condition lets requests without a Referer header pass the check.',
    variable: 'Requests without a Referer header get "{{name}}", which lets them in.',
  },
  check: {
    nginx: ({ report }) => ({
      directives: {
        valid_referers: (directive) => {
          for (const word of directive.args) {
            if (word.value === 'none' || word.value === 'blocked')
              report({ message: word.value, at: placeIn(directive, word) });
          }
        },
      },
    }),
    apache({ config, report }) {
      const grants = letsInBy(directivesByKey(config.file.root));

      function checkVariable(directive: Directive): void {
        const [attribute, pattern, ...variables] = directive.args;
        if (attribute?.value.toLowerCase() !== 'referer' || !/^\^\\?s?\*?\$$/.test(pattern?.value ?? '')) return;
        const word = variables.find(({ value }) => grants.has(nameOf(value)));
        if (word) report({ message: 'variable', at: placeIn(directive, word), data: { name: word.value } });
      }

      return {
        directives: {
          rewritecond(directive) {
            const word = wantsHeader(directive);
            if (word && forbids(directive) && isBesideCheck(directive))
              report({ message: 'empty', at: placeIn(directive, word) });
          },
          setenvif: checkVariable,
          setenvifnocase: checkVariable,
        },
      };
    },
  },
});

const subject = /^%\{HTTP(?:_|:)REFERER\}$/i;

/** The pattern of a condition that holds for any header but an empty one. */
function wantsHeader({ args: [tested, pattern, flags] }: Directive): Word | undefined {
  if (!subject.test(tested?.value ?? '') || /\bOR\b|ornext/i.test(flags?.value ?? '')) return undefined;
  return /^(?:!\^\$|!=""|!=|\.\+?|\^\.\+?|!\^\\s\*\$)$/.test(pattern?.value ?? '') ? pattern : undefined;
}

/** Whether the rule of this condition asks for certain pages, too. */
function isBesideCheck(condition: Directive): boolean {
  const { directives } = condition.parent;
  const at = directives.indexOf(condition);
  const start = directives.findLastIndex(({ key }, index) => index < at && key === 'rewriterule') + 1;
  const end = directives.findIndex(({ key }, index) => index > at && key === 'rewriterule');
  return directives.slice(start, end).some((other) => {
    if (other.key !== 'rewritecond' || other === condition) return false;
    const [tested, pattern] = other.args;
    return subject.test(tested?.value ?? '') && /^!.*[a-z]{2}/i.test(pattern?.value ?? '');
  });
}

function nameOf(assignment: string): string {
  return assignment.replace(/=.*$/s, '').toLowerCase();
}

/** The variables by which requests are let in. */
function letsInBy(byKey: ReadonlyMap<string, readonly Directive[]>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const key of ['require', 'allow']) {
    for (const { args } of byKey.get(key) ?? []) {
      const text = args.map(({ value }) => value).join(' ');
      const name = /^(?:env (\S+)|from env=(\S+))$/i.exec(text);
      if (name) names.add((name[1] ?? name[2])!.toLowerCase());
    }
  }
  return names;
}
