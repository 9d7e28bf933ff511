/** Which routes may be covered by others: what is compared with what, and in which order the server asks them. */
import type { Route, VirtualHost } from '../../model/model.ts';
import type { Config } from '../../syntax/config.ts';
import type { Directive } from '../../syntax/tree.ts';
import { type CoveredPaths, prefixPattern, regexPattern } from '../_shared/covered-paths.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { isListedPass } from '../../servers/apache/meaning/proxy-pass.ts';
import type { PathPattern } from '../../regex/languages.ts';

/** A level with more of them is made by a program; each is compared with all before it. */
const maxRegexes = 200;

/** The locations of one level: regular expressions in their order, before plain prefixes, after those with `^~`. */
export function suspectLevel(
  level: readonly Route[],
  withInner: ReadonlySet<Route | undefined>,
  covered: CoveredPaths,
): void {
  const regexes = level
    .filter(({ match }) => match.kind === 'regex')
    .map((route) => [route, regexPattern(route)] as const);
  if (regexes.length === 0 || regexes.length > maxRegexes) return;
  const prefixes = level.filter(({ match }) => match.kind === 'prefix' || match.kind === 'prefix-noregex');
  const closed = prefixes.filter(
    (route) => route.match.kind === 'prefix-noregex' && !prefixes.some((other) => isLonger(other, route)),
  );
  const before: (readonly [Route, PathPattern])[] = closed.map((route) => [route, prefixPattern(route.match.pattern)]);
  for (const entry of regexes) {
    covered.suspect(entry[0], entry[1], before);
    before.push(entry);
  }
  for (const route of prefixes) {
    if (route.match.kind !== 'prefix' || withInner.has(route)) continue;
    covered.suspect(route, prefixPattern(route.match.pattern), regexes);
  }
}

function isLonger(other: Route, route: Route): boolean {
  return other !== route && other.match.pattern.startsWith(route.match.pattern);
}

/** ProxyPass and RewriteRule of httpd, each in its order. */
export function suspectMappings(host: VirtualHost, covered: CoveredPaths, config: Config): void {
  suspectPasses(host, covered);
  suspectRewrites(host, covered, config);
}

/** A rule that changes the path and goes on makes another path of it: what comes before it no longer tells. */
function suspectRewrites({ routes, scope }: VirtualHost, covered: CoveredPaths, config: Config): void {
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
      if (
        isLast &&
        route.conditions.length === 0 &&
        !mayHaveConditions(directive, config) &&
        before.length < maxRegexes
      )
        before.push([route, pattern]);
    }
    if (!isLast && directive.args[1]?.value !== '-') before = [];
  }
}

/** The file that includes a fragment may have the conditions of its first rule. */
function mayHaveConditions(directive: Directive, config: Config): boolean {
  if (config.complete || directive.parent !== config.file.root) return false;
  return directive === directive.parent.directives.find(({ key }) => key.startsWith('rewrite'));
}

function suspectPasses({ routes }: VirtualHost, covered: CoveredPaths): void {
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

/** httpd's prefixes end at a slash. */
function segmentPattern(prefix: string): PathPattern {
  const { source, caseInsensitive } = prefixPattern(prefix);
  return { source: prefix.endsWith('/') ? source : `${source}(?:/|$)`, caseInsensitive };
}
