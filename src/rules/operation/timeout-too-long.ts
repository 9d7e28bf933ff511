import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';

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

function hooksFor(keys: readonly string[], { options, report }: RuleContext<typeof messages, Maxima>): Visitor {
  const check = (directive: Directive): void => {
    const maximum = options[idleTimes.has(directive.key) ? 'maximumIdle' : 'maximum'];
    const [value] = directive.args;
    const seconds = value && secondsOf(value.value);
    if (!value || seconds === undefined || seconds <= maximum) return;
    const text = `${directive.name.value} ${value.value}`;
    report({ message: 'long', at: placeIn(directive, value), data: { text, seconds, maximum } });
  };
  return { directives: Object.fromEntries(keys.map((key) => [key, check])) };
}

const idleTimes: ReadonlySet<string> = new Set(['keepalive_timeout', 'keepalivetimeout']);
const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** `90`, `2m`, `1h 30m`; undefined for anything else. */
function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(?:\d+(?:ms|[smhd])\s*)+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)(ms|[smhd])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit!]!,
    0,
  );
}
