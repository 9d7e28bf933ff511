import type { VirtualHost } from '../../model/model.ts';
import { isLocalSocket, isLoopbackHost } from '../../model/network.ts';
import { readUrl } from '../../model/url.ts';
import { isHttpUrl } from '../../model/scheme.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { HostsByDirective, visitRedirects } from '../_shared/redirects.ts';
import { nginxRedirects, apacheRedirects } from '../_shared/needs.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Clients are redirected to localhost, which is their own machine',
    why: 'A browser that gets "Location: http://localhost/..." asks the machine it runs on, where nothing answers, or something else does.',
    how: 'Redirect to the name that clients use, or to a path alone.',
    whenOff: 'Where the clients run on the same machine, as in development.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: {
      nginx: [...nginxRedirects, 'proxy_redirect', 'error_page'],
      apache: [...apacheRedirects, 'errordocument'],
    },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_redirect',
      'https://nginx.org/en/docs/http/ngx_http_rewrite_module.html#return',
      'https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect',
      'https://httpd.apache.org/docs/2.4/mod/core.html#errordocument',
    ],
  },
  messages: { local: 'Clients are sent to "{{url}}", which is their own machine.' },
  check(context) {
    const { dialect, model, report } = context;
    const others: Directive[] = [];
    const collect = (directive: Directive): void => void others.push(directive);
    const redirects = visitRedirects(context, ({ host, directive, to }) => check(host, directive, to));

    /** `host`: undefined for what all virtual hosts inherit. */
    function check(host: VirtualHost | undefined, directive: Directive, word: Word): void {
      if (!isHttpUrl(word.value)) return;
      const { authority, host: name } = readUrl(word.value);
      if (!isLoopbackHost(name.text) || (host && isForThisMachine(host))) return;
      const isNamed = host?.names.some(({ text }) => text.includes('.'));
      const url = word.value.slice(0, authority.end);
      report({
        message: 'local',
        at: placeIn(directive, word),
        data: { url },
        ...(!isNamed && { confidence: 'medium' }),
      });
    }

    /** What answers with a page or rewrites the Location of a backend; on outer levels for all virtual hosts. */
    function checkOthers(): void {
      const hosts = new HostsByDirective(model.virtualHosts);
      const someAreHere = model.virtualHosts.some(isForThisMachine);
      for (const directive of others) {
        const word = directive.key === 'error_page' ? directive.args.at(-1) : directive.args[1];
        const host = hosts.around(directive);
        if (word && (host || !someAreHere)) check(host, directive, word);
      }
    }

    return {
      ...redirects,
      directives: {
        ...redirects.directives,
        ...(dialect === 'nginx' ? { proxy_redirect: collect, error_page: collect } : { errordocument: collect }),
      },
      end() {
        void redirects.end?.();
        checkOthers();
      },
    };
  },
});

/** Its clients are on this machine too, going by its names and addresses. */
function isForThisMachine({ names, listeners }: VirtualHost): boolean {
  if (names.some(({ text }) => isLoopbackHost(text))) return true;
  return listeners.length > 0 && listeners.every(({ address }) => isLocalSocket(address));
}
