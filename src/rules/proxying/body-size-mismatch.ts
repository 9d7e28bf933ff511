import type { Scope, VirtualHost } from '../../model/model.ts';
import { parseSize } from '../../servers/nginx/meaning/size.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

const messages = {
  late: '"{{directive}} {{size}}" comes too late: what leads to "{{location}}" refuses bodies of more than {{limit}} before.',
  smaller: 'PHP takes up to {{allowed}} here ("{{setting}}"), but {{limit}} refuses what is larger than {{size}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'The application takes larger bodies than the server in front lets through',
    why: 'An upload within the limit of the application is refused with 413 before it gets there.',
    how: {
      nginx: 'Raise client_max_body_size (1m by default) to the limit of the application.',
      apache: 'Raise LimitRequestBody to the limit of the application.',
    },
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#client_max_body_size',
      'https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody',
      'https://www.php.net/manual/en/ini.core.php#ini.post-max-size',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const say = reporter(context);
      return {
        route: ({ scope }) => checkNginx(scope, say),
        virtualHost: (host) => checkNamed(context, host),
      };
    },
    apache(context) {
      const say = reporter(context);
      return { virtualHost: ({ scope }) => checkApache(scope, say) };
    },
  },
});

type Say = (directive: Directive, word: Word, setting: Setting, limit: Limit) => void;

function reporter({ report }: RuleContext<typeof messages>): Say {
  const seen = new Set<Directive>();
  return (directive, word, { name, text, bytes }, limit) => {
    if (seen.has(directive) || limit.bytes === 0 || bytes <= limit.bytes) return;
    seen.add(directive);
    const source = limit.directive ? `"${limit.directive.name.value}"` : 'the default of "client_max_body_size"';
    report({
      message: 'smaller',
      at: placeIn(directive, word),
      data: { allowed: text, setting: name, limit: source, size: limit.text },
      related: limit.directive ? [{ at: limit.directive, message: 'the lower limit' }] : [],
    });
  };
}

function checkNginx(scope: Scope, say: Say): void {
  if (scope.certainty('client_max_body_size') !== 'known') return;
  for (const directive of scope.effective('fastcgi_param')) {
    const [name, value] = directive.args;
    if (!value || !/^PHP_(?:ADMIN_)?VALUE$/.test(name?.value ?? '')) continue;
    for (const setting of settingsOf(value.value)) say(directive, value, setting, nginxLimit(scope));
  }
}

/** nginx compares the size when a location is chosen, before it is led on to a named one. */
function checkNamed({ report }: RuleContext<typeof messages>, { routes, scope }: VirtualHost): void {
  for (const { match, scope: named } of routes) {
    const own = match.kind === 'named' ? named.own('client_max_body_size').at(-1) : undefined;
    const size = own && parseSize(own.args[0]?.value ?? '');
    if (!own || size === undefined) continue;
    const entries = routes.filter((route) => leadsTo(route.scope, match.pattern));
    const limits = (entries.length > 0 ? entries.map((route) => route.scope) : [scope]).map((entry) => ({
      entry,
      limit: nginxLimit(entry),
    }));
    const isRefused = limits.every(
      ({ entry, limit }) =>
        limit.bytes !== 0 && (size === 0 || size > limit.bytes) && entry.certainty('client_max_body_size') !== 'unread',
    );
    const isLed = entries.length > 0 || leadsTo(scope, match.pattern);
    if (!isRefused || !isLed) continue;
    const [{ limit }] = limits as [(typeof limits)[number]];
    const isKnown = limits.every(({ entry }) => entry.certainty('client_max_body_size') === 'known');
    report({
      message: 'late',
      at: own,
      confidence: isKnown ? 'high' : 'medium',
      data: { directive: own.name.value, size: own.args[0]!.value, location: match.pattern, limit: limit.text },
      related: limit.directive ? [{ at: limit.directive, message: 'the lower limit' }] : [],
      how: 'Set client_max_body_size for the server, or in the location that requests come to first.',
    });
  }
}

function leadsTo(scope: Scope, location: string): boolean {
  return ['try_files', 'error_page'].some((key) => scope.own(key).some(({ args }) => args.at(-1)?.value === location));
}

function checkApache(scope: Scope, say: Say): void {
  const limit = scope.effective('limitrequestbody').at(-1);
  const text = limit?.args[0]?.value ?? '';
  if (!limit || !/^\d+$/.test(text)) return;
  for (const directive of [...scope.effective('php_value'), ...scope.effective('php_admin_value')]) {
    const [name, value] = directive.args;
    if (!name || !value) continue;
    for (const setting of settingsOf(`${name.value}=${value.value}`))
      say(directive, value, setting, { directive: limit, bytes: Number(text), text: `${text} bytes` });
  }
}

interface Setting {
  readonly name: string;
  readonly text: string;
  readonly bytes: number;
}

interface Limit {
  readonly directive: Directive | undefined;
  readonly bytes: number;
  readonly text: string;
}

/** The largest body that PHP takes is what both settings allow; the smaller one of those written counts. */
function settingsOf(text: string): Setting[] {
  const found = [...text.matchAll(/(upload_max_filesize|post_max_size)\s*=\s*(\d+[kmg]?)\b/gi)].map(
    ([, name, size]): Setting => ({ name: name!, text: size!, bytes: parseSize(size!)! }),
  );
  const [first, ...others] = found.filter(({ bytes }) => bytes > 0);
  return first ? [others.reduce((least, other) => (other.bytes < least.bytes ? other : least), first)] : [];
}

function nginxLimit(scope: Scope): Limit {
  const directive = scope.effective('client_max_body_size').at(-1);
  const text = directive?.args[0]?.value ?? '1m';
  return { directive, bytes: parseSize(text) ?? 0, text };
}
