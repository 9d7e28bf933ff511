import { isUnder } from '../../servers/apache/meaning/paths.ts';
import type { Route, VirtualHost } from '../../model/model.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { isExclusion, isListedPass } from '../../servers/apache/meaning/proxy-pass.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Access rules in <Directory> or <Files> that a proxied request never meets',
    why: 'A request that is proxied by its URL has no file: <Directory>, <Files> and .htaccess do not apply, so the backend is open to everybody.',
    how: 'Put the access rules into <Location> or <Proxy>.',
    whenOff: 'Where the same paths are files as well, and the rules are meant for these alone.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      apache: [
        ['directory*', 'files*'],
        ['require', 'allow'],
      ],
    },
    references: [
      'https://httpd.apache.org/docs/2.4/sections.html#proxy',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#access',
    ],
  },
  messages: {
    allProxied:
      'All requests to this virtual host are proxied, so the access rules in <{{section}} "{{path}}"> protect nothing.',
    directoryOfUrl:
      'Requests for "{{url}}" are proxied and never meet "{{path}}": the access rules in this <{{section}}> are not asked for them.',
    urlAsDirectory:
      '"{{path}}" is a URL that is proxied, and no directory: the access rules in this <{{section}}> are never asked.',
  },
  check({ report }) {
    function checkSection(section: Directive, host: VirtualHost, all: Route | undefined): void {
      const path = section.args.at(-1)?.value ?? '';
      const rule = children(section.block!).find((directive) => restricts(directive));
      if (!rule) return;
      const data = { section: section.name.value, path };
      const proxied = section.key === 'directory' ? host.routes.find((route) => isPassFor(route, path)) : undefined;
      if (!proxied && section.key === 'directory' && checkBelowRoot(section, rule, host)) return;
      const winner = proxied ?? all;
      if (!winner || hasOtherAccess(winner)) return;
      const related = [{ at: winner.directive, message: 'proxies the requests' }];
      report({ message: proxied ? 'urlAsDirectory' : 'allProxied', at: rule, data, related });
    }

    /** A directory of the document root whose URL is proxied. */
    function checkBelowRoot(section: Directive, rule: Directive, host: VirtualHost): boolean {
      const path = section.args.at(-1)?.value ?? '';
      const root = host.scope.effective('documentroot').at(-1)?.args[0]?.value.replace(/\/$/, '');
      if (root === undefined || !path.startsWith(`${root}/`)) return false;
      const url = path.slice(root.length);
      const proxied = host.routes.find((route) => isPassFor(route, url));
      if (!proxied || hasOtherAccess(proxied)) return false;
      const related = [{ at: proxied.directive, message: 'proxies the requests' }];
      report({ message: 'directoryOfUrl', at: rule, data: { section: section.name.value, path, url }, related });
      return true;
    }

    return {
      virtualHost(host) {
        if (!host.directive?.block) return;
        const all = proxiesEverything(host);
        for (const key of ['directory', 'directorymatch', 'files', 'filesmatch']) {
          for (const section of host.scope.own(key)) if (section.block) checkSection(section, host, all);
        }
      },
    };
  },
});

/** The mapping that leaves nothing to be served from files. */
function proxiesEverything({ routes }: VirtualHost): Route | undefined {
  const all = routes.find((route) => {
    const isPass = isListedPass(route) || route.directive.key === 'location';
    return isPass && route.handler.kind === 'proxy' && route.match.pattern === '/' && !route.preemptedBy;
  });
  // An exclusion, and what serves files for it, means that some requests have a file after all.
  if (!all || routes.some((route) => isExclusion(route) || route.handler.kind === 'static')) return undefined;
  return all;
}

function isPassFor(route: Route, path: string): boolean {
  const { pattern, kind } = route.match;
  return (
    isListedPass(route) &&
    route.handler.kind === 'proxy' &&
    kind === 'prefix' &&
    pattern !== '/' &&
    isUnder(path, pattern)
  );
}

/** A rule that lets in some only. `all denied` on its own is how file trees are closed as a precaution. */
function restricts({ key, args }: Directive): boolean {
  const text = args.map((word) => word.value.toLowerCase()).join(' ');
  if (key === 'require') return !/^(?:all (?:granted|denied)|method\b)/.test(text);
  return key === 'allow' && text.startsWith('from ') && text !== 'from all';
}

/** True if what really applies to the proxied requests has access rules too. */
function hasOtherAccess({ scope }: Route): boolean {
  return ['require', 'allow', 'deny', 'authtype'].some((key) =>
    scope.effective(key).some((directive) => enclosing(directive)?.key !== 'directory'),
  );
}
