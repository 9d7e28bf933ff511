import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { settingOf } from '../../servers/nginx/meaning/settings.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'The last parameter of try_files is no fallback',
    why: 'nginx does not test the last parameter but redirects to it. If that is the requested path again, a missing file ends in a loop and status 500 instead of 404.',
    how: 'End try_files with "=404", a named location or the path of a file that is always there.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#try_files'],
  },
  messages: {
    relative:
      'The last parameter "{{last}}" of "try_files" lacks its slash: nginx puts it right behind the root, and finds nothing there.',
    loops: 'The last parameter "{{last}}" of "try_files" leads back to the requested path: a missing file answers 500.',
  },
  check: ({ report }) => ({
    directives: {
      try_files(directive) {
        const last = directive.args.at(-1);
        if (!last || directive.args.length < 2) return;
        if (/^[\w.-]/.test(last.value)) {
          if (!isBehindRoot(directive)) return;
          const place = placeIn(directive, last);
          const inside = last.start + last.quote.length;
          const fix = {
            title: 'Add the slash',
            edits: [{ place: { ...place, start: inside, end: inside }, text: '/' }],
          };
          report({ message: 'relative', at: place, data: { last: last.value }, fix });
          return;
        }
        if (!/^\$(?:\{?(?:document_)?uri\}?)\/?$/.test(last.value)) return;
        report({
          message: 'loops',
          at: placeIn(directive, last),
          data: { last: last.value },
          witness: "curl -i 'http://host/no-such-file'",
          fix: {
            title: 'Answer 404',
            edits: [{ place: { ...placeIn(directive, last), start: last.end }, text: ' =404' }],
          },
        });
      },
    },
  }),
});

/** nginx puts a name without a slash right behind the root; where that ends with a slash, the file is found all the same. */
function isBehindRoot(directive: Directive): boolean {
  for (let level = enclosing(directive); level; level = enclosing(level)) {
    const setting = settingOf(level.block, 'root') ?? settingOf(level.block, 'alias');
    if (setting) return setting.key === 'root' && !setting.args[0]?.value.endsWith('/');
  }
  return true;
}
