import type { Route, Scope } from '../../model/model.ts';
import { bytesOf } from '../../servers/nginx/meaning/settings.ts';
import { numberOf } from '../../servers/apache/meaning/settings.ts';
import { parseSize } from '../../servers/nginx/meaning/values.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The application takes larger bodies than the server in front lets through',
    why: 'An upload within the limit of the application is refused with 413 before it gets there.',
    how: 'Raise client_max_body_size (nginx, 1m by default) or LimitRequestBody (Apache) to the limit of the application.',
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
  messages: {
    smaller: 'PHP takes up to {{allowed}} here ("{{setting}}"), but {{limit}} refuses what is larger than {{size}}.',
  },
  check({ dialect, report }) {
    const seen = new Set<Directive>();

    function say(directive: Directive, word: Word, { name, text, bytes }: Setting, limit: Limit): void {
      if (seen.has(directive) || limit.bytes === 0 || bytes <= limit.bytes) return;
      seen.add(directive);
      const source = limit.directive ? `"${limit.directive.name.value}"` : 'the default of "client_max_body_size"';
      report({
        message: 'smaller',
        at: placeIn(directive, word),
        data: { allowed: text, setting: name, limit: source, size: limit.text },
        related: limit.directive ? [{ at: limit.directive, message: 'the lower limit' }] : [],
      });
    }

    function checkNginx({ scope }: Route): void {
      if (scope.certainty('client_max_body_size') !== 'known') return;
      for (const directive of scope.effective('fastcgi_param')) {
        const [name, value] = directive.args;
        if (!value || !/^PHP_(?:ADMIN_)?VALUE$/.test(name?.value ?? '')) continue;
        for (const setting of settingsOf(value.value)) say(directive, value, setting, nginxLimit(scope));
      }
    }

    function checkApache(scope: Scope): void {
      const limit = scope.effective('limitrequestbody').at(-1);
      const text = limit?.args[0]?.value ?? '';
      const bytes = numberOf(limit);
      if (!limit || bytes === undefined) return;
      for (const directive of [...scope.effective('php_value'), ...scope.effective('php_admin_value')]) {
        const [name, value] = directive.args;
        if (!name || !value) continue;
        for (const setting of settingsOf(`${name.value}=${value.value}`))
          say(directive, value, setting, { directive: limit, bytes, text: `${text} bytes` });
      }
    }

    return {
      route(route) {
        if (dialect === 'nginx') checkNginx(route);
      },
      virtualHost({ scope }) {
        if (dialect === 'apache') checkApache(scope);
      },
    };
  },
});

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

/** PHP has the units of nginx's offsets. The largest body that PHP takes is what both settings allow; the smaller one of those written counts. */
function settingsOf(text: string): Setting[] {
  const found = [...text.matchAll(/(upload_max_filesize|post_max_size)\s*=\s*(\d+[kmg]?)\b/gi)].map(
    ([, name, size]): Setting => ({ name: name!, text: size!, bytes: parseSize(size!, true) }),
  );
  const [first, ...others] = found.filter(({ bytes }) => bytes > 0);
  return first ? [others.reduce((least, other) => (other.bytes < least.bytes ? other : least), first)] : [];
}

function nginxLimit(scope: Scope): Limit {
  const directive = scope.effective('client_max_body_size').at(-1);
  const text = directive?.args[0]?.value ?? '1m';
  return { directive, bytes: directive ? (bytesOf(directive) ?? 0) : 1024 ** 2, text };
}
