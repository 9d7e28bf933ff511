import { streamAddresses, type StreamAddress, type StreamServer } from '../../servers/nginx/meaning/stream-servers.ts';
import { hasGap } from '../../syntax/template-gaps.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { isOn, settingOf } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Servers of a stream with names on one address, where nobody reads the name that a client asks for',
    why: 'Which server answers is decided while the default one of the address holds the connection. Unless it reads the name, by "ssl_preread on" or by ending TLS, all connections stay with it.',
    how: 'Write "ssl_preread on;" in the default server of the address, or on the level of stream.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['stream'] },
    references: ['https://nginx.org/en/docs/stream/ngx_stream_core_module.html#server_name'],
  },
  messages: {
    unread: 'No connection gets to "{{name}}": this default server of the address does not read the name.',
  },
  check: ({ config, report }) => ({
    start() {
      for (const { servers, defaultServer, block } of streamAddresses(config)) {
        const named = servers.filter((each) => each !== defaultServer && each.names.length > 0);
        const [first] = named;
        if (!first || readsNames({ servers, defaultServer, block })) continue;
        report({
          message: 'unread',
          at: defaultServer.listen,
          data: { name: first.names[0]!.word.value },
          related: named.map(({ names }) => ({ at: names[0]!.directive, message: 'never chosen' })),
        });
      }
    },
  }),
});

function readsNames({ servers, defaultServer, block }: StreamAddress): boolean {
  if (servers.some(({ listen }) => listen.args.slice(1).some(({ value }) => value === 'ssl'))) return true;
  const own = prereadOf(defaultServer);
  const preread = own ?? settingOf(block, 'ssl_preread');
  const mayHoldMore = [defaultServer.directive.block, block].some((each) => each && isUnread(each));
  return isOn(preread) || (own === undefined && mayHoldMore);
}

function prereadOf({ directive }: StreamServer): Directive | undefined {
  return settingOf(directive.block, 'ssl_preread');
}

function isUnread(block: Block): boolean {
  return (
    hasGap(block) ||
    children(block).some(({ includeFailure }) => includeFailure && includeFailure.reason !== 'no-match')
  );
}
