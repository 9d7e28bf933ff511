import { unknown, type Listener, type Model, type Route } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { sslhConfig, stringIn } from '../../servers/sslh/meaning/entries.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'One side speaks the PROXY protocol and the other does not',
    why: 'The receiver takes the header for a broken request, or waits for one that never comes: no connection gets through.',
    how: 'Set it on both sides or on none: nginx "listen ... proxy_protocol" with "proxy_protocol on" in the stream server, Apache RemoteIPProxyProtocol, sslh "proxyprotocol".',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_protocol',
      'https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html#remoteipproxyprotocol',
      'https://github.com/yrutschle/sslh/blob/master/doc/proxyprotocol.md',
    ],
  },
  messages: {
    unsent: '"{{target}}" is a listener of this config that expects the PROXY protocol, and nothing sends it here.',
    unexpected: 'The PROXY protocol is sent to "{{target}}", a listener of this config that does not expect it.',
    ssh: 'An SSH server does not understand the PROXY protocol that "proxyprotocol" sends to it.',
  },
  check(context) {
    const { config, dialect, model, report } = context;

    function checkRoute({ handler, preemptedBy }: Route): void {
      if (handler.kind !== 'proxy' || preemptedBy) return;
      const { host, port, scheme, word, upstream } = handler.target;
      if (upstream || host === unknown || port === unknown || !isHere(host)) return;
      const listener = listenerOn(model, port ?? (scheme === 'https' ? 443 : 80));
      if (!listener?.proxyProtocol || hasExceptions(listener)) return;
      say('unsent', handler.directive, word, listener);
    }

    function say(message: 'unsent' | 'unexpected', at: Directive, word: Word, { directives }: Listener): void {
      const related = directives.slice(0, 1).map((directive) => ({ at: directive, message: 'the listener' }));
      report({ message, at: placeIn(at, word), data: { target: word.value }, related });
    }

    function checkStream(server: Directive, outer: boolean): void {
      const [pass] = childrenNamed(server.block, 'proxy_pass');
      const word = pass?.args[0];
      const [, host, port] = /^([^:$]+|\[[\d:a-f]+\]):(\d+)$/.exec(word?.value ?? '') ?? [];
      if (!pass || !word || !host || !isHere(host)) return;
      const listener = listenerOn(model, Number(port));
      const own = childrenNamed(server.block, 'proxy_protocol').at(-1)?.args[0]?.value;
      const sends = own === undefined ? outer : own === 'on';
      if (listener && listener.proxyProtocol !== sends) say(sends ? 'unexpected' : 'unsent', pass, word, listener);
    }

    function checkSslh(): void {
      for (const group of sslhConfig(context).protocols) {
        const setting = group.settings.get('proxyprotocol');
        // 0 takes the header away that the client sent.
        if (setting && setting.args[0]?.value !== '0' && stringIn(group, 'name') === 'ssh')
          report({ message: 'ssh', at: setting, severity: 'warning', confidence: 'medium' });
      }
    }

    return {
      start() {
        if (dialect === 'sslh') checkSslh();
        if (dialect !== 'nginx') return;
        for (const stream of childrenNamed(config.file.root, 'stream')) {
          const outer = childrenNamed(stream.block, 'proxy_protocol').at(-1)?.args[0]?.value.toLowerCase() === 'on';
          for (const server of childrenNamed(stream.block, 'server')) checkStream(server, outer);
        }
      },
      route: checkRoute,
    };
  },
});

function isHere(host: string): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(host);
}

/** The listener that takes connections from this machine on the port; undefined where several differ. */
function listenerOn({ listeners }: Model, port: number): Listener | undefined {
  const found = listeners.filter(
    (listener) => listener.port === port && !listener.address.startsWith('unix:') && !listener.http3,
  );
  return found.every(({ proxyProtocol }) => proxyProtocol === found[0]!.proxyProtocol) ? found[0] : undefined;
}

function hasExceptions({ virtualHosts }: Listener): boolean {
  return virtualHosts.some(({ scope }) => scope.effective('remoteipproxyprotocolexceptions').length > 0);
}
