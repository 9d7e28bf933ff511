import type { VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import type { Need } from '../needs.ts';
import { HostsByDirective, visitRedirects } from '../_shared/redirects.ts';

const variable = /\$server_name\b|\$\{server_name\}/;
const needs: readonly Need[] = [{ return: variable, rewrite: variable, proxy_set_header: variable }];

export default defineRule({
  meta: {
    summary: 'Clients or backends are given $server_name where that is no name of a host',
    why: 'The value of $server_name is the first name of the server as it is written: "_", "*.example.com" or a pattern is sent as it stands, and no client finds a host of that name.',
    how: 'Use "$host", the name that the client asked for, or write the name that is meant.',
    whenOff: 'Where something in front replaces the name before a client sees it.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    needs: { nginx: needs },
    references: ['https://nginx.org/en/docs/http/ngx_http_core_module.html#var_server_name'],
  },
  messages: {
    redirect: 'Clients are sent to "{{url}}": $server_name is {{name}} here.',
    header: 'The backend is told "{{header}}: {{value}}": $server_name is {{name}} here.',
  },
  check(context) {
    const { model, report } = context;
    const headers: Directive[] = [];
    const redirects = visitRedirects(context, ({ host, directive, to }) => {
      const name = badNameOf(host);
      const url = /^(?:https?|\$scheme):\/\/(?:\$server_name\b|\$\{server_name\})/.exec(to.value)?.[0];
      if (name === undefined || url === undefined) return;
      say('redirect', directive, to, name, { url: filled(url, name), name: shown(name) });
    });

    function checkHeader(directive: Directive, host: VirtualHost | undefined): void {
      const [header, value] = directive.args;
      // An empty header is not sent.
      const name = (host && badNameOf(host)) || undefined;
      if (!header || !value || name === undefined || !/^(?:host|x-forwarded-host)$/i.test(header.value)) return;
      if (!/^(?:\$server_name|\$\{server_name\})(?=:|$)/.test(value.value)) return;
      const data = { header: header.value, value: filled(value.value, name), name: shown(name) };
      say('header', directive, value, name, data);
    }

    function say(
      message: 'redirect' | 'header',
      directive: Directive,
      word: Word,
      name: string,
      data: Readonly<Record<string, string>>,
    ): void {
      const at = placeIn(directive, word);
      const text = word.raw.replace(variable, () => '$host');
      // Without any name the server may be one of several that a tool puts together.
      const confidence = name === '' ? 'medium' : 'high';
      report({ message, at, data, confidence, fix: { title: 'Write "$host"', edits: [{ place: at, text }] } });
    }

    return {
      ...redirects,
      directives: { ...redirects.directives, proxy_set_header: (directive) => void headers.push(directive) },
      end() {
        void redirects.end?.();
        const hosts = new HostsByDirective(model.virtualHosts);
        for (const directive of headers) checkHeader(directive, hosts.around(directive));
      },
    };
  },
});

/** The first name of a server, if no host can have it; empty for none. */
function badNameOf({ directive, names: [first], scope }: VirtualHost): string | undefined {
  if (!directive) return undefined;
  if (!first) return scope.certainty('server_name') === 'known' ? '' : undefined;
  const { kind, text } = first;
  if (kind === 'unknown' || (kind === 'leading-wildcard' && text.startsWith('.'))) return undefined;
  return kind !== 'exact' || /^[^a-z0-9]*$/i.test(text) ? text : undefined;
}

function filled(text: string, name: string): string {
  return text.replace(variable, () => name);
}

function shown(name: string): string {
  return name === '' ? 'empty' : `"${name}"`;
}
