import { streamAddresses, type StreamAddress, type StreamServer } from '../../servers/nginx/meaning/stream-servers.ts';
import { streamRelays, type StreamRelay } from '../../servers/nginx/meaning/stream-relays.ts';
import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import type { Config } from '../../syntax/config.ts';
import { hasGap } from '../../syntax/template-gaps.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { isOn, settingOf } from '../../servers/nginx/meaning/settings.ts';

export default defineRule({
  meta: {
    summary: 'Servers of a stream that are chosen by the name that a client asks for, where nobody reads it',
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
    variable: '"${{name}}" is always empty here, so that all connections go the same way: "ssl_preread on" is missing.',
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
      for (const relay of streamRelays(config)) {
        const found = unreadVariable(relay, config);
        if (!found) continue;
        const { pass, name, map } = found;
        const related = map && [{ at: map, message: 'reads it' }];
        report({ message: 'variable', at: pass, data: { name }, ...(related && { related }) });
      }
    },
  }),
});

interface UnreadVariable {
  readonly pass: Directive;
  /** Without the sign. */
  readonly name: string;
  /** Through which the target reads it. */
  readonly map: Directive | undefined;
}

/** A variable of ssl_preread that decides where connections go, in a server that reads nothing. */
function unreadVariable({ pass, block, directive }: StreamRelay, config: Config): UnreadVariable | undefined {
  const written = /\$\{?(\w+)/.exec(pass?.args[0]?.value ?? '')?.[1];
  if (!pass || written === undefined) return undefined;
  const definitions = preread.test(`$${written}`) ? [] : variablesOf(config).definitions.of(written, pass);
  const map = definitions.find(({ key }) => key === 'map');
  const name = preread.exec(map?.args[0]?.value ?? `$${written}`)?.[1];
  if (name === undefined || definitions.length > 1) return undefined;
  const outer = directive.parent;
  const mayHoldMore = isUnread(block) || isUnread(outer);
  return mayHoldMore || isOn(settingOf(block, 'ssl_preread') ?? settingOf(outer, 'ssl_preread'))
    ? undefined
    : { pass, name, map };
}

const preread = /\$\{?(ssl_preread_(?:server_name|alpn_protocols|protocol))\b/;

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
