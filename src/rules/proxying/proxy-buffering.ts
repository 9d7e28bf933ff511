import { enclosing, placeIn, type Directive } from '../../ir/syntax.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Answers of backends are not buffered',
    why: 'A slow client then holds the backend for as long as it reads, and nothing can be cached.',
    how: 'Turn buffering off only in the location that streams, or let the backend ask for it with "X-Accel-Buffering: no".',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
      'https://blog.nginx.org/blog/avoiding-top-10-nginx-configuration-mistakes',
    ],
  },
  messages: {
    off: '"{{directive}} off" holds for {{where}}, not only for answers that are streamed.',
  },
  check({ report }) {
    function check(directive: Directive): void {
      const [value] = directive.args;
      const level = enclosing(directive);
      if (value?.value !== 'off' || !level) return;
      const isRoot = level.key === 'location' && level.args.at(-1)?.value === '/';
      if (!isRoot && level.key !== 'http' && level.key !== 'server') return;
      if (enclosing(level)?.key === 'stream') return;
      const where =
        level.key === 'http' ? 'every server' : isRoot ? 'all that no other location takes' : 'the whole server';
      report({ message: 'off', at: placeIn(directive, value), data: { directive: directive.name.value, where } });
    }

    return {
      directives: { proxy_buffering: check, fastcgi_buffering: check, uwsgi_buffering: check, scgi_buffering: check },
    };
  },
});
