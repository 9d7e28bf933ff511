import { enclosing, type Directive } from '../../syntax/tree.ts';
import { children, childrenNamed } from '../../syntax/walk.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { settings, isLost, ends, hasHandler, isSafe, exclude } from './_if-settings.ts';

export default defineRule({
  meta: {
    summary: 'An if in a location that does something else than it says',
    why: 'A true "if" does not add to its location, it replaces it: of several true ones only the last one counts, and try_files of the location no longer runs.',
    how: 'Inside "if" only "return" and "rewrite ... last" do what they say, and "set" where nothing else depends on the location. Choose values with "map" and use them in the location itself, or hand the request to another location.',
    whenOff: 'Where it was tried with every kind of request that the location gets.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['if'] },
    options: {
      all: {
        type: 'boolean',
        default: false,
        description: 'Report all that stands in an "if" of a location but "return" and "rewrite" to somewhere else.',
      },
    },
    pedanticOptions: { all: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#if',
      'https://github.com/nginxinc/nginx-wiki/blob/master/source/start/topics/depth/ifisevil.rst',
    ],
  },
  messages: {
    tryFiles: 'While this condition holds, the "try_files" of the location does not run.',
    lastWins:
      'Where this condition and a later one hold, {{directives}} of this block {{verb}} no effect: only the last true "if" counts.',
    unsafe:
      '"{{directive}}" in an "if" of a location: only "return" and "rewrite" to somewhere else always do what they say there.',
  },
  check({ options, report }) {
    function check(location: Directive): void {
      const block = location.block;
      if (!block) return;
      const ifs = childrenNamed(block, 'if').filter((directive) => directive.block && !ends(directive));
      if (ifs.length === 0) return;
      const tryFiles = childrenNamed(block, 'try_files').at(-1);
      for (const directive of ifs) {
        if (tryFiles && !hasHandler(directive))
          report({ message: 'tryFiles', at: directive, related: [{ at: tryFiles, message: 'does not run then' }] });
      }
      ifs.slice(0, -1).forEach((directive, index) => {
        const later = ifs.slice(index + 1).filter((other) => !exclude(directive, other));
        const lost = settings(directive).filter((setting) => later.some((other) => isLost(setting, settings(other))));
        if (lost.length === 0) return;
        const keys = [...new Set(lost.map(({ key }) => key))];
        report({
          message: 'lastWins',
          at: directive,
          confidence: 'medium',
          data: { directives: listOf(keys.map((key) => `"${key}"`)), verb: keys.length === 1 ? 'has' : 'have' },
          related: later.map((at) => ({ at, message: 'may hold too' })),
        });
      });
    }

    function checkCondition(condition: Directive): void {
      const { block } = condition;
      if (!options.all || !block || enclosing(condition)?.key !== 'location') return;
      for (const directive of children(block)) {
        if (directive.key === 'include' || isSafe(directive)) continue;
        const data = { directive: directive.name.value };
        report({ message: 'unsafe', at: directive, data, severity: 'info', confidence: 'low' });
      }
    }

    return { directives: { location: check, if: checkCondition } };
  },
});
