/** `Listen` opens the sockets, whatever `<VirtualHost>` names: one of all addresses may be reached on some only. */
import { withoutBrackets } from '../../model/network.ts';
import type { Config } from '../../syntax/config.ts';
import { directivesByKey } from '../../syntax/walk.ts';

/** Undefined: all addresses of the port are open, or it is not known. */
export function openAddress(config: Config, port: number): string | undefined {
  const listens = directivesByKey(config.file.root).get('listen') ?? [];
  const addresses = listens.flatMap(({ args }) => {
    const [, address = '', digits] = /^(?:(.*):)?(\d+)$/.exec(args[0]?.value ?? '') ?? [];
    return Number(digits) === port ? [withoutBrackets(address)] : [];
  });
  return addresses.some((address) => /^(?:|\*|0\.0\.0\.0|::)$/.test(address)) ? undefined : addresses[0];
}
