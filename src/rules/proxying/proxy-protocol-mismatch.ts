import type { Listener, Route } from '../../model/model.ts';
import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { sslhConfig, stringIn } from '../../servers/sslh/meaning/entries.ts';
import { readUrl } from '../../model/url.ts';
import { destinationsOf } from '../../model/destinations.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';
import { sendsHeader, listenerOn, hasExceptions } from './_proxy-protocol.ts';

const messages = {
  unsent: '"{{target}}" is a listener of this config that expects the PROXY protocol, and nothing sends it here.',
  unexpected: 'The PROXY protocol is sent to "{{target}}", a listener of this config that does not expect it.',
  ssh: 'An SSH server does not understand the PROXY protocol that "proxyprotocol" sends to it.',
} as const;

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
    needs: { nginx: [{ listen: /^proxy_protocol$/ }, 'proxy_protocol'], apache: ['remoteipproxyprotocol'] },
    references: [
      'https://nginx.org/en/docs/stream/ngx_stream_proxy_module.html#proxy_protocol',
      'https://httpd.apache.org/docs/2.4/mod/mod_remoteip.html#remoteipproxyprotocol',
      'https://github.com/yrutschle/sslh/blob/master/doc/proxyprotocol.md',
    ],
  },
  messages,
  check: {
    nginx(context) {
      const mismatches = new Mismatches(context);
      return { start: () => mismatches.checkStreams(), route: (route) => mismatches.checkRoute(route) };
    },
    apache(context) {
      const mismatches = new Mismatches(context);
      return { route: (route) => mismatches.checkRoute(route) };
    },
    sslh: (context) => ({
      start() {
        for (const group of sslhConfig(context).protocols) {
          const setting = group.settings.get('proxyprotocol');
          // 0 takes the header away that the client sent.
          if (setting && setting.args[0]?.value !== '0' && stringIn(group, 'name') === 'ssh')
            context.report({ message: 'ssh', at: setting, severity: 'warning', confidence: 'medium' });
        }
      },
    }),
  },
});

type Context = RuleContext<typeof messages>;

interface Mismatch {
  readonly at: Directive;
  readonly word: Word;
  readonly listener: Listener;
}

/** Several routes may lead to one server of a group, which is told once. */
class Mismatches {
  readonly #context: Context;
  readonly #said = new Set<Word>();

  constructor(context: Context) {
    this.#context = context;
  }

  checkRoute({ handler, preemptedBy }: Route): void {
    if (handler.kind !== 'proxy' || preemptedBy) return;
    for (const { host, port, directive, word } of destinationsOf(handler)) {
      const listener = listenerOn(this.#context.model, host, port);
      if (listener?.proxyProtocol && !hasExceptions(listener)) this.#say('unsent', { at: directive, word, listener });
    }
  }

  checkStreams(): void {
    for (const stream of childrenNamed(this.#context.config.file.root, 'stream')) {
      const outer = sendsHeader(stream) ?? false;
      for (const server of childrenNamed(stream.block, 'server')) this.#checkStream(server, outer);
    }
  }

  #checkStream(server: Directive, outer: boolean): void {
    const [pass] = childrenNamed(server.block, 'proxy_pass');
    const word = pass?.args[0];
    if (!pass || !word) return;
    const { host, port } = readUrl(word.value);
    const { model } = this.#context;
    const listener = port && host.isFixed ? listenerOn(model, host.text, Number(port.text)) : undefined;
    const sends = sendsHeader(server) ?? outer;
    if (listener && listener.proxyProtocol !== sends)
      this.#say(sends ? 'unexpected' : 'unsent', { at: pass, word, listener });
  }

  #say(message: 'unsent' | 'unexpected', { at, word, listener }: Mismatch): void {
    if (this.#said.has(word)) return;
    this.#said.add(word);
    const related = listener.directives.slice(0, 1).map((directive) => ({ at: directive, message: 'the listener' }));
    this.#context.report({ message, at: placeIn(at, word), data: { target: word.value }, related });
  }
}
