import type { Route } from '../../model/model.ts';
import type { PathPattern } from '../../regex/languages.ts';
import { isPlaceholder } from '../../servers/nginx/meaning/placeholder.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { locationPaths, longestPattern } from '../_shared/covered-paths.ts';
import { defineRule } from '../define-rule.ts';
import { sectionFaults } from './_apache-rewrite-sections.ts';

export default defineRule({
  meta: {
    summary: 'A rewrite that no path of its location or section matches',
    why: 'nginx compares the whole path, with that of the location; Apache compares in <Directory> and .htaccess what is left behind the folder, without a slash, in <VirtualHost> the path with its slash, and in <Location> the path in the file system. A pattern that forgets that changes nothing, and nobody says so.',
    how: 'nginx: begin the pattern with the path of the location. Apache: leave the slash out in <Directory> and .htaccess, write it in <VirtualHost>; move rules from <Location> to the virtual host, with the whole path.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['rewrite'], apache: ['rewriterule'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#rewrite',
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriterule',
    ],
  },
  messages: {
    never: 'No path that "{{location}}" takes matches "{{pattern}}": this rewrite does nothing.',
    slash: 'In {{section}} the path begins without a slash, so "{{pattern}}" matches nothing.',
    noSlash: 'In {{section}} the path begins with a slash, so "{{pattern}}" matches nothing.',
    files: 'In <Location> rules are compared with the path in the file system, which "{{pattern}}" does not match.',
  },
  check({ config, dialect, targets, report }) {
    if (dialect === 'apache')
      return {
        start() {
          for (const { directive, message, section } of sectionFaults(config, targets)) {
            const word = directive.args[0]!;
            const at = placeIn(directive, word);
            if (message !== 'files') report({ message, at, data: { section, pattern: word.value } });
            else report({ message, at, data: { pattern: word.value }, confidence: 'medium' });
          }
        },
      };

    const rewrites: { readonly route: Route; readonly directive: Directive }[] = [];
    return {
      route(route) {
        if (route.directive.key !== 'location' || route.preemptedBy || rewrites.length > maxRewrites) return;
        for (const directive of firstRewrites(route)) rewrites.push({ route, directive });
      },
      async end() {
        if (rewrites.length === 0) return;
        const { isDisjoint } = await import('../../regex/languages.ts');
        for (const { route, directive } of rewrites) {
          const paths = locationPaths(route);
          const word = directive.args[0]!;
          const pattern = { source: word.value, caseInsensitive: false };
          if (!paths || isPlaceholder(word.value) || mayMatch(paths, word.value)) continue;
          if (isDisjoint(paths, pattern) !== true) continue;
          const location = [route.directive.name, ...route.directive.args].map(({ value }) => value).join(' ');
          report({
            message: 'never',
            at: placeIn(directive, word),
            data: { location, pattern: word.value },
            related: [{ at: route.directive, message: 'the location' }],
          });
        }
      },
    };
  },
});

/** Each may cost an automaton. */
const maxRewrites = 500;

/** The rewrites of a location, also under an `if`, that see the path with which a request came. */
function firstRewrites({ directive }: Route): Directive[] {
  const found: Directive[] = [];
  const pending = directive.block ? [...children(directive.block)] : [];
  for (const each of pending.flatMap((inner) =>
    inner.key === 'if' && inner.block ? children(inner.block) : [inner],
  )) {
    if (each.key !== 'rewrite' || each.args.length < 2) continue;
    found.push(each);
    // Without a flag the next one meets the path that this one made.
    if (!each.args[2]) break;
  }
  return found;
}

/** Most patterns show without an automaton that they match: one without an anchor, or that begins as the location does. */
function mayMatch({ source }: PathPattern, pattern: string): boolean {
  if (pattern.length > longestPattern) return true;
  if (!pattern.startsWith('^')) return !pattern.endsWith('$');
  return pattern === '^' || /^\^\/?\(\.\*\)/.test(pattern) || pattern.startsWith(source);
}
