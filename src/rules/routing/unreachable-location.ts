import type { Route, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { CoveredPaths, prefixPattern, regexPattern } from '../_shared/covered-paths.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { isNamedLocationUsed } from '../../servers/nginx/meaning/named-locations.ts';
import { isListedPass, patternSection } from '../../servers/apache/meaning/proxy-pass.ts';
import type { PathPattern } from '../../regex/languages.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A location, ProxyPass or RewriteRule that no request reaches',
    why: 'Another one takes every request that it could match, so what it says about these paths, access rules too, has no effect.',
    how: 'nginx: put the narrower regular expression first, or make a prefix win with "^~" or "=". Apache: put the narrower mapping first. Remove what is not needed.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#location',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass',
      'https://httpd.apache.org/docs/2.4/rewrite/flags.html',
    ],
  },
  messages: {
    covered: 'No request reaches "{{text}}": "{{other}}" takes every path that it matches.',
    preempted: 'No request reaches "{{text}}": "{{other}}" answers every request before a location is looked for.',
    literal:
      'No request reaches this "ProxyPass {{url}}": in <{{section}}> it takes the pattern "{{pattern}}" for a path as it is written.',
    again: 'The named location "{{text}}" stands in this server already; nginx takes the first.',
    unused: 'Nothing leads to the named location "{{text}}".',
  },
  check({ config, dialect, report }) {
    const covered = new CoveredPaths();

    function checkPreempted(host: VirtualHost): void {
      const [first, ...others] = host.routes.filter(
        (route) =>
          route.directive.key === 'location' && route.preemptedBy && route.match.kind !== 'named' && !route.parent,
      );
      if (!first) return;
      report({
        message: 'preempted',
        at: first.directive,
        data: { text: textOf(first.directive), other: textOf(first.preemptedBy!) },
        related: [
          { at: first.preemptedBy!, message: 'answers every request' },
          ...others.map(({ directive }) => ({ at: directive, message: 'the same holds here' })),
        ],
        witness: `curl -i 'http://host${first.match.kind === 'regex' ? '/' : first.match.pattern}'`,
      });
    }

    function reportAgain({ directive, match }: Route, first: Route): void {
      const related = [{ at: first.directive, message: 'the first is here' }];
      report({ message: 'again', at: directive, data: { text: match.pattern }, related });
    }

    function checkNamed(route: Route): void {
      if (isNamedLocationUsed(config, route)) return;
      // A backend can name it too, in X-Accel-Redirect.
      report({ message: 'unused', at: route.directive, confidence: 'medium', data: { text: route.match.pattern } });
    }

    function checkNginx(host: VirtualHost): void {
      checkPreempted(host);
      const levels = new Map<Route | undefined, Route[]>();
      const named = new Map<string, Route>();
      for (const route of host.routes) {
        if (route.directive.key !== 'location' || route.preemptedBy) continue;
        if (route.match.kind === 'named') {
          const first = named.get(route.match.pattern);
          if (first) reportAgain(route, first);
          else checkNamed(route);
          named.set(route.match.pattern, first ?? route);
        }
        const parent = route.parent?.directive.key === 'location' ? route.parent : undefined;
        const level = levels.get(parent);
        if (level) level.push(route);
        else levels.set(parent, [route]);
      }
      const withInner = new Set(levels.keys());
      for (const level of levels.values()) checkLevel(level, withInner);
    }

    /** The locations of one level: regular expressions in their order, before plain prefixes, after those with `^~`. */
    function checkLevel(level: readonly Route[], withInner: ReadonlySet<Route | undefined>): void {
      const regexes = level
        .filter(({ match }) => match.kind === 'regex')
        .map((route) => [route, regexPattern(route)] as const);
      if (regexes.length === 0 || regexes.length > maxRegexes) return;
      const prefixes = level.filter(({ match }) => match.kind === 'prefix' || match.kind === 'prefix-noregex');
      const closed = prefixes.filter(
        (route) => route.match.kind === 'prefix-noregex' && !prefixes.some((other) => isLonger(other, route)),
      );
      const before: (readonly [Route, PathPattern])[] = closed.map((route) => [
        route,
        prefixPattern(route.match.pattern),
      ]);
      for (const entry of regexes) {
        covered.suspect(entry[0], entry[1], before);
        before.push(entry);
      }
      for (const route of prefixes) {
        if (route.match.kind !== 'prefix' || withInner.has(route)) continue;
        covered.suspect(route, prefixPattern(route.match.pattern), regexes);
      }
    }

    function checkApache(host: VirtualHost): void {
      checkPasses(host);
      checkRewrites(host);
    }

    /** A rule that changes the path and goes on makes another path of it: what comes before it no longer tells. */
    function checkRewrites({ routes, scope }: VirtualHost): void {
      const byDirective = new Map(routes.map((route) => [route.directive, route]));
      let before: (readonly [Route, PathPattern])[] = [];
      for (const directive of scope.own('rewriterule')) {
        if (/\b(?:S|skip|C|chain|N|next)\b/i.test(directive.args[2]?.value ?? '')) return;
        const route = byDirective.get(directive);
        const isLast = /\b(?:L|last|END|P|proxy|F|forbidden|G|gone)\b/i.test(directive.args[2]?.value ?? '');
        if (route?.match.kind === 'regex' || route?.match.kind === 'prefix') {
          const pattern = regexPattern(route);
          // One to ws:// is a finding of websocket-rewrite-order.
          if (route.handler.kind !== 'proxy' || route.handler.protocol !== 'websocket')
            covered.suspect(
              route,
              pattern,
              before.filter(([other]) => holdsWith(other.directive, directive)),
            );
          if (isLast && route.conditions.length === 0 && !mayHaveConditions(directive) && before.length < maxRegexes)
            before.push([route, pattern]);
        }
        if (!isLast && directive.args[1]?.value !== '-') before = [];
      }
    }

    /** The file that includes a fragment may have the conditions of its first rule. */
    function mayHaveConditions(directive: Directive): boolean {
      if (config.complete || directive.parent !== config.file.root) return false;
      return directive === directive.parent.directives.find(({ key }) => key.startsWith('rewrite'));
    }

    function checkPasses({ routes }: VirtualHost): void {
      const passes: (readonly [Route, PathPattern])[] = [];
      for (const route of routes) {
        if (!isListedPass(route)) continue;
        const isRegex = route.match.kind === 'regex';
        const pattern = isRegex ? regexPattern(route) : segmentPattern(route.match.pattern);
        // One prefix behind another is the finding of shadowed-proxy-pass.
        const earlier = passes.filter(
          ([other]) => (isRegex || other.match.kind === 'regex') && holdsWith(other.directive, route.directive),
        );
        covered.suspect(route, pattern, earlier);
        if (passes.length < maxRegexes) passes.push([route, pattern]);
      }
    }

    /** Only with a reference to a group does ProxyPass read the pattern around it. */
    function checkPattern(directive: Directive): void {
      const url = directive.args[0]?.value ?? '';
      const section = patternSection(directive);
      if (!section || directive.args.length === 0 || url.includes('$')) return;
      report({
        message: 'literal',
        at: directive,
        severity: url === '!' ? 'warning' : 'error',
        data: { url, section: section.name.value, pattern: section.args.at(-1)!.value },
        how: 'Use a <Location> with a plain path, or ProxyPassMatch with the groups of the pattern in its URL.',
      });
    }

    return {
      directives: { proxypass: checkPattern },
      virtualHost: dialect === 'nginx' ? checkNginx : checkApache,
      async end() {
        for (const { inner, outer, path } of await covered.proven()) {
          report({
            message: 'covered',
            at: inner.directive,
            data: { text: textOf(inner.directive), other: textOf(outer.directive) },
            related: [{ at: outer.directive, message: 'takes the requests' }],
            witness: `curl -i 'http://host${path}'`,
          });
        }
      },
    };
  },
});

/** A level with more of them is made by a program; each is compared with all before it. */
const maxRegexes = 200;

function isLonger(other: Route, route: Route): boolean {
  return other !== route && other.match.pattern.startsWith(route.match.pattern);
}

/** httpd's prefixes end at a slash. */
function segmentPattern(prefix: string): PathPattern {
  const { source, caseInsensitive } = prefixPattern(prefix);
  return { source: prefix.endsWith('/') ? source : `${source}(?:/|$)`, caseInsensitive };
}

function textOf({ name, args }: Directive): string {
  return [name, ...args].map(({ raw }) => raw).join(' ');
}
