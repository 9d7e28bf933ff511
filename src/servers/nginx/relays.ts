/** The servers of nginx's `stream` as relays. */
import { unknown } from '../../model/model.ts';
import type { Relay } from '../../model/relay.ts';
import type { Config } from '../../syntax/config.ts';
import { headerOf } from '../../syntax/tree.ts';
import { isOff, settingOf } from './meaning/settings.ts';
import { streamRelays } from './meaning/stream-relays.ts';

export function nginxRelays(config: Config): Relay[] {
  return streamRelays(config).map(({ directive, block, listens, pass, places, sendsHeader, transparent }) => {
    const preread = settingOf(block, 'ssl_preread') ?? settingOf(directive.parent, 'ssl_preread');
    return {
      name: `stream ${pass?.args[0]?.value ?? 'server'}`,
      sockets: listens.map((listen) => ({
        ...listen,
        port: listen.port === unknown ? undefined : listen.port,
        place: headerOf(listen.directive),
      })),
      targets: places,
      place: headerOf(pass ?? directive),
      isUdp: listens.some(({ isUdp }) => isUdp),
      carries: preread && !isOff(preread) ? 'tls' : undefined,
      sendsHeader,
      transparent,
    };
  });
}
