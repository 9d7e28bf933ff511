import { hasGap } from '../../syntax/template-gaps.ts';
import { enclosing, type Block, type Directive } from '../../syntax/tree.ts';
import { childrenNamed, directivesByKey } from '../../syntax/walk.ts';
import { streamRelays } from '../../servers/nginx/meaning/stream-relays.ts';
import { defineRule } from '../define-rule.ts';

const trusting = [
  'remoteipinternalproxy',
  'remoteiptrustedproxy',
  'remoteipinternalproxylist',
  'remoteiptrustedproxylist',
];

export default defineRule({
  meta: {
    summary: 'The address of the client is to be read from a header, but half of what that takes is missing',
    why: 'nginx believes real_ip_header only from the addresses of set_real_ip_from, and without any from nobody; Apache looks at its list of proxies only if RemoteIPHeader names a header. Access lists, limits and logs go on with the address of the proxy.',
    how: 'nginx: add "set_real_ip_from" with the address of the proxy in front, and "proxy_protocol" to "listen" where that is what tells the address. Apache: add "RemoteIPHeader X-Forwarded-For".',
    whenOff: 'Where the other half stands in a file that proxylint does not see.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['real_ip_header', 'set_real_ip_from'], apache: trusting },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_realip_module.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html#remoteipheader',
    ],
  },
  messages: {
    noSource: '"{{name}} {{header}}" has no effect: no "set_real_ip_from" says from whom the header is believed.',
    noProtocol: '"{{name}} proxy_protocol" has no effect: no listener of this server takes the PROXY protocol.',
    noStreamProtocol:
      '"{{name}}" has no effect: no listener of this server takes the PROXY protocol, by which alone an address is told here.',
    noHeader: '"{{name}}" has no effect: no "RemoteIPHeader" says which header to read.',
  },
  check({ config, dialect, model, report }) {
    const isUnread = config.files.some(({ root }) => lacksText(root));
    /** A piece of a config may find the other half around itself. */
    const certainty = config.complete ? ({} as const) : ({ severity: 'info', confidence: 'low' } as const);

    function checkNginx(byKey: ReadonlyMap<string, readonly Directive[]>): void {
      const levels = new Set<Directive | undefined>();
      const around = new Set<Directive | undefined>();
      for (const source of byKey.get('set_real_ip_from') ?? []) {
        levels.add(enclosing(source));
        for (const level of levelsAround(source)) around.add(level);
      }
      for (const header of byKey.get('real_ip_header') ?? []) {
        const here = levelsAround(header);
        if (around.has(here[0]) || here.some((level) => levels.has(level))) continue;
        const data = { name: header.name.value, header: header.args[0]?.value ?? '' };
        report({ message: 'noSource', at: header, data, ...certainty });
      }
    }

    function checkProtocol(): void {
      const met = new Set<Directive>();
      const served = new Set<Directive>();
      for (const { scope, listeners } of model.virtualHosts) {
        const header = scope.effective('real_ip_header').at(-1);
        if (header?.args[0]?.value.toLowerCase() !== 'proxy_protocol' || listeners.length === 0) continue;
        (listeners.some(({ proxyProtocol }) => proxyProtocol) ? served : met).add(header);
      }
      for (const at of met)
        if (!served.has(at)) report({ message: 'noProtocol', at, data: { name: at.name.value }, ...certainty });
    }

    /** In a stream nothing else than the PROXY protocol tells an address. */
    function checkStreams(): void {
      for (const { block, listens } of streamRelays(config)) {
        const [source] = childrenNamed(block, 'set_real_ip_from');
        if (!source || listens.length === 0 || listens.some(({ proxyProtocol }) => proxyProtocol)) continue;
        report({ message: 'noStreamProtocol', at: source, data: { name: source.name.value }, ...certainty });
      }
    }

    function checkApache(byKey: ReadonlyMap<string, readonly Directive[]>): void {
      if (byKey.has('remoteipheader')) return;
      const [first, ...others] = trusting.flatMap((key) => byKey.get(key) ?? []);
      if (!first) return;
      const related = others.map((at) => ({ at, message: 'the same holds here' }));
      report({ message: 'noHeader', at: first, data: { name: first.name.value }, related, ...certainty });
    }

    return {
      start() {
        if (isUnread) return;
        const byKey = directivesByKey(config.file.root);
        if (dialect === 'nginx') {
          checkNginx(byKey);
          checkProtocol();
          checkStreams();
        } else checkApache(byKey);
      },
    };
  },
});

/** From the innermost to the top of the config, which is undefined. */
function levelsAround(directive: Directive): (Directive | undefined)[] {
  const levels: (Directive | undefined)[] = [];
  for (let level = enclosing(directive); level; level = enclosing(level)) levels.push(level);
  return [...levels, undefined];
}

function lacksText(block: Block): boolean {
  return (
    hasGap(block) ||
    block.directives.some(
      (each) =>
        (each.includeFailure !== undefined && each.includeFailure.reason !== 'no-match') ||
        (each.block !== undefined && lacksText(each.block)),
    )
  );
}
