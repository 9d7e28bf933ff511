import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/nginx/meaning/settings.ts';
import { cachingPasses, settingKeys } from '../../servers/nginx/meaning/pass.ts';

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
    options: {
      locations: {
        type: 'boolean',
        default: false,
        description: 'Report also a location of its own, which may be there for streamed answers.',
      },
    },
    pedanticOptions: { locations: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering',
      'https://blog.nginx.org/blog/avoiding-top-10-nginx-configuration-mistakes',
    ],
  },
  messages: {
    location: '"{{directive}} off": slow clients keep the connection to the backend busy here.',
    off: '"{{directive}} off" holds for {{where}}, not only for answers that are streamed.',
  },
  check({ options, report }) {
    function check(directive: Directive): void {
      const [value] = directive.args;
      const level = enclosing(directive);
      if (!value || !level || !isOff(directive)) return;
      const isRoot = level.key === 'location' && level.args.at(-1)?.value === '/';
      if (enclosing(level)?.key === 'stream') return;
      const at = placeIn(directive, value);
      const name = directive.name.value;
      if (!isRoot && level.key !== 'http' && level.key !== 'server') {
        if (options.locations) report({ message: 'location', at, data: { directive: name }, confidence: 'low' });
        return;
      }
      const where =
        level.key === 'http' ? 'every server' : isRoot ? 'all that no other location takes' : 'the whole server';
      report({ message: 'off', at, data: { directive: name, where } });
    }

    return { directives: Object.fromEntries(settingKeys(cachingPasses, 'buffering').map((key) => [key, check])) };
  },
});
