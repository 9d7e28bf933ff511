import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { listOf } from '../../text/words.ts';
import { defineRule } from '../define-rule.ts';
import { tellerKeys } from '../../servers/nginx/meaning/pass.ts';

export default defineRule({
  meta: {
    summary: 'A client chooses the host name that the backend sees, by other means than the name it asked for',
    why: 'Backends build links from the host name: in mails that reset passwords, in redirects, in pages that a cache keeps. A name out of a header, argument or cookie leads them to a site of an attacker.',
    how: {
      nginx: 'Send the name that was asked for, which chose this virtual host ("$host"), or a fixed name.',
      apache:
        'Send the name that was asked for, which chose this virtual host ("ProxyPreserveHost On"), or a fixed name.',
    },
    whenOff: 'Where the backend takes only names from a list of its own.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#var_host',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypreservehost',
      'https://portswigger.net/web-security/host-header',
    ],
    options: {
      httpHost: {
        type: 'boolean',
        default: false,
        description: 'Report "$http_host" too, which nginx passes on without checking it.',
      },
    },
    pedanticOptions: { httpHost: true },
  },
  messages: {
    spoofed: 'The backend gets the host name "{{value}}", which a client chooses by {{variables}}.',
  },
  check({ config, options, report }) {
    function checkNginx(directive: Directive): void {
      const [name, value] = directive.args;
      const header = name && hostHeaders.get(name.value.toLowerCase());
      if (!header || !value?.value.includes('$')) return;
      const source = variablesOf(config).sourceOf(value.value, directive);
      const roots = source.roots.filter(
        (root) =>
          (header === 'forwarded' ? chosen : chosenOrForwarded).test(root) ||
          (options.httpHost && isSent(name.value) && root === 'http_host'),
      );
      if (roots.length === 0) return;
      const related = source.through.map((at) => ({ at, message: 'the value comes from here' }));
      const data = { value: value.value, variables: listOf(roots.map((root) => `"$${root}"`)) };
      const severity = roots.every((root) => root === 'http_host') ? 'info' : 'warning';
      report({ message: 'spoofed', at: placeIn(directive, value), data, related, severity });
    }

    return {
      directives: {
        ...Object.fromEntries(tellerKeys.map((key) => [key, checkNginx])),
        requestheader: (directive) => {
          const [action, name, value] = directive.args;
          if (!/^(?:set|setifempty)$/i.test(action?.value ?? '') || !hostHeaders.has(name?.value.toLowerCase() ?? ''))
            return;
          const found = value && /^expr=.*%\{(?:HTTP:X-[\w-]+|HTTP_X_\w+|QUERY_STRING)\}/i.exec(value.value);
          if (!found) return;
          const variables = `"${/%\{[^}]+\}/.exec(found[0])![0]}"`;
          report({ message: 'spoofed', at: placeIn(directive, value), data: { value: value.value, variables } });
        },
      },
    };
  },
});

/** `forwarded`: clients' own values of it reach the backend anyway unless it is set. */
const hostHeaders: ReadonlyMap<string, 'host' | 'forwarded'> = new Map([
  ['host', 'host'],
  [':authority', 'host'],
  ['http_host', 'host'],
  ['server_name', 'host'],
  ['x-forwarded-host', 'forwarded'],
]);

/** The header itself: FastCGI has it under this name anyway. */
function isSent(name: string): boolean {
  return /^(?:host|:authority)$/i.test(name);
}

const chosen = /^(?:arg_|cookie_|args$|query_string$)/;
const chosenOrForwarded = /^(?:arg_|cookie_|args$|query_string$|http_(?!host$))/;
