import { enclosing, enclosingNamed, placeIn, type Directive } from '../../syntax/tree.ts';
import { directivesByKey } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A RewriteMap that the virtual host does not have, so that each look-up is empty',
    why: 'A map belongs to the server that defines it: virtual hosts do not inherit those of the main server unless "RewriteOptions Inherit" stands in them. Looking up in a map that is not there gives the default, or nothing, without a message.',
    how: 'Define the map in the virtual host too, or write "RewriteOptions Inherit" there.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['rewriterule', 'rewritecond'] },
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritemap',
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteoptions',
    ],
  },
  messages: {
    notInherited: 'The map "{{map}}" is defined in the main server only, and does not exist in this virtual host.',
    undefined: 'No RewriteMap defines "{{map}}": the look-up gives nothing.',
  },
  check({ config, report }) {
    function check(byKey: ReadonlyMap<string, readonly Directive[]>, use: Directive): void {
      const host = enclosingNamed(use, 'virtualhost');
      for (const word of use.args) {
        for (const [, map] of word.value.matchAll(/\$\{([\w-]+):/g)) {
          const definitions = (byKey.get('rewritemap') ?? []).filter(({ args }) => args[0]?.value === map);
          const isHere = definitions.some((each) => enclosingNamed(each, 'virtualhost') === host);
          const isOpen = definitions.some((each) => enclosingNamed(each, 'macro'));
          if (isHere || isOpen) continue;
          const at = placeIn(use, word);
          const main = definitions.find((each) => !enclosingNamed(each, 'virtualhost'));
          if (host && main && !inheritsInto(byKey, host))
            report({
              message: 'notInherited',
              at,
              data: { map: map! },
              related: [{ at: main, message: 'defined here' }],
            });
          else if (definitions.length === 0 && config.serversComplete)
            report({ message: 'undefined', at, data: { map: map! } });
          return;
        }
      }
    }

    return {
      start() {
        const byKey = directivesByKey(config.file.root);
        for (const key of ['rewriterule', 'rewritecond'])
          for (const use of byKey.get(key) ?? []) if (isOfServer(use)) check(byKey, use);
      },
    };
  },
});

/** A rule of a section of the main server runs with the maps of whichever virtual host was chosen. */
function isOfServer(use: Directive): boolean {
  if (enclosingNamed(use, 'macro')) return false;
  if (enclosingNamed(use, 'virtualhost')) return true;
  for (let around = enclosing(use); around; around = enclosing(around)) if (!around.key.startsWith('if')) return false;
  return true;
}

/** `Inherit`, `InheritBefore` of the host, `InheritDown` and `InheritDownBefore` of the main server. */
function inheritsInto(byKey: ReadonlyMap<string, readonly Directive[]>, host: Directive): boolean {
  return (byKey.get('rewriteoptions') ?? []).some((options) => {
    const around = enclosingNamed(options, 'virtualhost');
    const wanted = around === host ? /^Inherit(?:Before)?$/i : /^InheritDown(?:Before)?$/i;
    return (around === host || !around) && options.args.some(({ value }) => wanted.test(value));
  });
}
