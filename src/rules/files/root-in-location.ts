import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A root of a single location',
    why: 'Every other location is left with the root of the server or, where it has none, with a directory of the installation; and nginx appends the path of the location, which is easily forgotten.',
    how: 'Set "root" in the server, and "alias" in a location that stands for another directory.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#root',
      'https://github.com/nginxinc/nginx-wiki/blob/master/source/start/topics/tutorials/config_pitfalls.rst',
    ],
  },
  messages: { single: '"root {{root}}" holds in this location only.' },
  check({ report }) {
    function check(root: Directive): void {
      const [word] = root.args;
      if (!word || !isInLocation(root)) return;
      report({ message: 'single', at: placeIn(root, word), data: { root: word.value } });
    }

    return { directives: { root: check } };
  },
});

function isInLocation({ parent }: Directive): boolean {
  for (let owner = parent.owner; owner; owner = owner.parent.owner) if (owner.key === 'location') return true;
  return false;
}
