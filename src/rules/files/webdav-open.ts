import type { Confidence } from '../finding.ts';
import type { Scope } from '../../model/model.ts';
import { headerOf, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { guardCertainty, hasGuard } from '../../servers/nginx/meaning/access.ts';
import { serverServesFiles, servesFiles } from '../../servers/nginx/meaning/files.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import * as apache from '../../servers/apache/meaning/settings.ts';
import * as nginx from '../../servers/nginx/meaning/settings.ts';

const messages = {
  open: '"{{text}}" lets everybody write: nothing here asks who the client is.',
} as const;

export default defineRule({
  meta: {
    summary: 'WebDAV lets everybody write files',
    why: 'Whoever finds the path can upload, replace and delete files, and run them where scripts are executed.',
    how: 'Ask for a password or limit the methods to known addresses where WebDAV is on.',
    whenOff: 'Where a firewall or a proxy in front decides who reaches it.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['dav_methods'], apache: ['dav'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_dav_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_dav.html#security',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const seen = new Set<Directive>();
      const check = (scope: Scope): void => {
        const methods = scope.effective('dav_methods').at(-1);
        if (!methods || nginx.isOff(methods) || seen.has(methods)) return;
        const certainty = guardCertainty(scope);
        if (hasGuard(scope) || certainty === 'unread') return;
        seen.add(methods);
        say(context, methods, certainty === 'known' ? undefined : 'medium');
      };
      return {
        route(route) {
          if (route.match.kind !== 'condition' && servesFiles(route)) check(route.scope);
        },
        virtualHost(host) {
          if (serverServesFiles(host)) check(host.scope);
        },
      };
    },
    apache: (context) => ({
      directives: {
        dav(directive) {
          if (apache.isOff(directive)) return;
          for (let section = directive.parent.owner; section; section = section.parent.owner) {
            if (restricts(section)) return;
          }
          if (context.config.complete || directive.parent.owner) say(context, directive);
        },
      },
    }),
  },
});

function say({ report }: RuleContext<typeof messages>, directive: Directive, confidence?: Confidence): void {
  const text = [directive.name, ...directive.args].map(({ value }) => value).join(' ');
  report({
    message: 'open',
    at: headerOf(directive),
    data: { text },
    ...(confidence && { confidence }),
    witness: "curl -T file 'http://host/path/file'",
  });
}

const apacheAccess: ReadonlySet<string> = new Set([
  'require',
  'requireall',
  'requireany',
  'requirenone',
  'authtype',
  'limit',
  'limitexcept',
  'deny',
  'sslverifyclient',
  'sslrequire',
]);

/** The section, or one in it, asks for something. An include may do so as well. */
function restricts(section: Directive): boolean {
  const inner = section.block ? children(section.block) : [];
  return inner.some(
    ({ key, args, block }) =>
      key.startsWith('include') ||
      // Modules of others, as mod_authz_svn, which ask by files of their own.
      /^authz(?!sendforbidden|provideralias)/.test(key) ||
      (apacheAccess.has(key) &&
        !(key === 'require' && args[0]?.value.toLowerCase() === 'all' && args[1]?.value.toLowerCase() === 'granted') &&
        (key !== 'limit' || block !== undefined)),
  );
}
