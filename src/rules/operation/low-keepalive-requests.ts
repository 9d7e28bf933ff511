import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { settingsOf } from '../../servers/settings.ts';

const messages = {
  low: '"{{text}}" closes a connection after few requests; allow {{minimum}} or more.',
} as const;

export default defineRule({
  meta: {
    summary: 'Few requests on one connection',
    why: 'Pages ask for a hundred files and more. Each time the number is reached the client connects anew, with a new TLS handshake; HTTP/2 clients see it as an error.',
    how: {
      nginx: 'Leave the default of 1000 or raise it.',
      apache: 'Leave the default of 100 or raise it.',
    },
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    options: {
      minimum: {
        type: 'integer',
        minimum: 1,
        default: 1000,
        description: 'For nginx: the lowest number that is not reported.',
      },
      apacheMinimum: {
        type: 'integer',
        minimum: 1,
        default: 100,
        description: 'The same for Apache, whose default is lower.',
      },
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#keepalive_requests',
      'https://httpd.apache.org/docs/2.4/mod/core.html#maxkeepaliverequests',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({ directives: { keepalive_requests: checkWith(context.options.minimum, context) } }),
    apache: (context) => ({ directives: { maxkeepaliverequests: checkWith(context.options.apacheMinimum, context) } }),
  },
});

type Context = Pick<RuleContext<typeof messages>, 'dialect' | 'report'>;

function checkWith(minimum: number, { dialect, report }: Context): (directive: Directive) => void {
  const { numberOf } = settingsOf(dialect);
  return (directive) => {
    const [value] = directive.args;
    // In an upstream it is about the connections to the backend; 0 lifts the limit of httpd.
    const count = numberOf(directive);
    if (!value || count === undefined || enclosing(directive)?.key === 'upstream') return;
    if (count >= minimum || (count === 0 && directive.key === 'maxkeepaliverequests')) return;
    const text = `${directive.name.value} ${value.value}`;
    report({ message: 'low', at: placeIn(directive, value), data: { text, minimum } });
  };
}
