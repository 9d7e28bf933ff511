import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';
import { settingsOf } from '../../servers/settings.ts';

const messages = {
  long: '"{{text}}" lets a client hold the connection for {{seconds}} seconds; allow {{maximum}} at most.',
} as const;

export default defineRule({
  meta: {
    summary: 'A client may hold a connection for a long time',
    why: 'Clients that are slow on purpose (Slowloris) keep connections busy until none is left for others.',
    how: 'Keep the time for headers, bodies and idle connections short, and give more only to the locations that need it.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    options: {
      maximum: {
        type: 'integer',
        minimum: 1,
        default: 120,
        description: 'The longest time in seconds for headers, bodies and responses that is not reported.',
      },
      maximumIdle: {
        type: 'integer',
        minimum: 1,
        default: 120,
        description: 'The longest time in seconds between two requests that is not reported.',
      },
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_header_timeout',
      'https://httpd.apache.org/docs/2.4/mod/core.html#timeout',
      'https://httpd.apache.org/docs/2.4/mod/mod_reqtimeout.html',
    ],
  },
  messages,
  check: {
    nginx: (context) =>
      hooksFor(['client_header_timeout', 'client_body_timeout', 'send_timeout', 'keepalive_timeout'], context),
    apache: (context) => hooksFor(['timeout', 'keepalivetimeout'], context),
  },
});

interface Maxima {
  readonly maximum: number;
  readonly maximumIdle: number;
}

function hooksFor(
  keys: readonly string[],
  { dialect, options, report }: RuleContext<typeof messages, Maxima>,
): Visitor {
  const { secondsOf } = settingsOf(dialect);
  const check = (directive: Directive): void => {
    const maximum = options[idleTimes.has(directive.key) ? 'maximumIdle' : 'maximum'];
    const [value] = directive.args;
    const seconds = secondsOf(directive);
    if (!value || seconds === undefined || seconds <= maximum) return;
    const text = `${directive.name.value} ${value.value}`;
    report({ message: 'long', at: placeIn(directive, value), data: { text, seconds, maximum } });
  };
  return { directives: Object.fromEntries(keys.map((key) => [key, check])) };
}

const idleTimes: ReadonlySet<string> = new Set(['keepalive_timeout', 'keepalivetimeout']);
