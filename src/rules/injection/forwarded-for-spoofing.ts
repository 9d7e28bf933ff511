import { parseNetwork, type Network } from '../../model/network.ts';
import { placeIn, type Block, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { bareVariables } from '../../servers/nginx/meaning/values.ts';
import { addressHeader, everybody, everybodyTogether, isLocal, ofClient, type Trusted } from './_trusted-proxies.ts';

export default defineRule({
  meta: {
    summary: 'Any client can pretend to have another address, by a header that is believed from everybody',
    why: 'Access lists, limits, logs and the backend then work with an address that the client made up.',
    how: {
      nginx:
        'Believe the header only from the addresses of your own proxies: "set_real_ip_from 10.0.0.0/8;". A server that clients reach directly sends its backend "$remote_addr".',
      apache: 'Believe the header only from the addresses of your own proxies: "RemoteIPInternalProxy 10.0.0.0/8".',
    },
    whenOff: 'Where only your own proxy reaches this port; naming its addresses is better.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['set_real_ip_from', 'proxy_set_header'], apache: ['remoteip*'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_realip_module.html#set_real_ip_from',
      'https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html#remoteipinternalproxy',
      'https://cwe.mitre.org/data/definitions/348.html',
    ],
    options: {
      appended: {
        type: 'boolean',
        default: false,
        description:
          'Report "$proxy_add_x_forwarded_for" too, which keeps what the client sent before the real address, and "$http_x_forwarded_for", which is nothing but that.',
      },
    },
    pedanticOptions: { appended: true },
  },
  messages: {
    trustsAll: '"{{name}} {{value}}" believes every client what its address is.',
    trustsAllTogether:
      '"{{name}} {{value}}" and the networks beside it together hold every address: every client is believed.',
    noProxies:
      '"{{name}}" without "RemoteIPInternalProxy" or "RemoteIPTrustedProxy" believes every client what its address is.',
    passed:
      '"{{value}}" is what the client wrote into "{{header}}": the backend is told any address, or none, but not that of the client.',
    appended: '"{{value}}" keeps the addresses that the client itself wrote into "{{header}}".',
  },
  check({ config, options, report }) {
    const headers: Directive[] = [];
    let proxies = 0;

    /** Of one level: together they may be everybody. */
    const lists = new Map<Block, Trusted[]>();

    function count(directive: Directive): void {
      proxies++;
      collect(directive);
    }

    function checkProxies(directive: Directive): void {
      const all = directive.args.find(({ value }) => everybody.test(value));
      if (!all) collect(directive);
      else if (!isLocal(directive)) tell('trustsAll', directive, all);
    }

    function collect(directive: Directive): void {
      const list = lists.get(directive.parent) ?? [];
      lists.set(directive.parent, list);
      for (const word of directive.args) {
        const network = parseNetwork(word.value);
        if (network && !isRefused(network)) list.push({ network, directive, word });
      }
    }

    /** httpd itself refuses a network that holds all addresses. */
    function isRefused({ prefix }: Network): boolean {
      return config.dialect === 'apache' && prefix === 0;
    }

    function checkTogether(list: readonly Trusted[]): void {
      for (const { directive, word } of everybodyTogether(list))
        if (!isLocal(directive)) tell('trustsAllTogether', directive, word);
    }

    function tell(message: 'trustsAll' | 'trustsAllTogether', directive: Directive, word: Word): void {
      report({
        message,
        at: placeIn(directive, word),
        data: { name: directive.name.value, value: word.value },
      });
    }

    function checkHeader(directive: Directive): void {
      const [name, value] = directive.args;
      if (!options.appended || !name || !value || !addressHeader.test(name.value)) return;
      const text = bareVariables(value.value);
      const message = text === '$proxy_add_x_forwarded_for' ? 'appended' : 'passed';
      if (message === 'passed' && !ofClient.test(text)) return;
      const data = { value: value.value, header: name.value };
      report({ message, at: placeIn(directive, value), data, severity: 'info' });
    }

    return {
      directives: {
        set_real_ip_from: checkProxies,
        remoteipinternalproxy: count,
        remoteiptrustedproxy: count,
        remoteipinternalproxylist: () => proxies++,
        remoteiptrustedproxylist: () => proxies++,
        proxy_set_header: checkHeader,
        remoteipheader: (directive) => headers.push(directive),
      },
      end() {
        for (const list of lists.values()) checkTogether(list);
        if (proxies > 0) return;
        const isUnread = config.files.some(({ root }) => root.directives.some(({ includeFailure }) => includeFailure));
        // The list of proxies may stand in another file, as the module has one of its own.
        const certainty = config.complete
          ? ({ confidence: 'high' } as const)
          : ({ severity: 'warning', confidence: 'medium' } as const);
        for (const at of isUnread && !config.complete ? [] : headers)
          report({ message: 'noProxies', at, data: { name: at.name.value }, ...certainty });
      },
    };
  },
});
