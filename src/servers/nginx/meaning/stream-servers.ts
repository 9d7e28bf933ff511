/** The servers of `stream` blocks by the address that they share, as `ngx_stream_add_server` collects them. */
import { directivesByKey, childrenNamed } from '../../../syntax/walk.ts';
import type { Config } from '../../../syntax/config.ts';
import type { Block, Directive, Word } from '../../../syntax/tree.ts';
import { listenAddress } from './address.ts';
import { isDefaultWord } from './listen.ts';

export interface StreamServer {
  readonly directive: Directive;
  readonly listen: Directive;
  readonly names: readonly { readonly word: Word; readonly directive: Directive }[];
}

export interface StreamAddress {
  /** In the order of the config. */
  readonly servers: readonly StreamServer[];
  /** Answers for names of no server, and is asked which names there are: the explicit default, else the first. */
  readonly defaultServer: StreamServer;
  /** The block around the servers. */
  readonly block: Block;
}

export function streamAddresses({ file, level }: Config): StreamAddress[] {
  const blocks = (directivesByKey(file.root).get('stream') ?? []).flatMap(({ block }) => block ?? []);
  if (level === 'stream') blocks.push(file.root);
  return blocks.flatMap(addressesOf);
}

function addressesOf(block: Block): StreamAddress[] {
  const byAddress = new Map<string, StreamServer[]>();
  for (const directive of childrenNamed(block, 'server')) {
    const names = childrenNamed(directive.block, 'server_name').flatMap((line) =>
      line.args.map((word) => ({ word, directive: line })),
    );
    for (const listen of childrenNamed(directive.block, 'listen')) {
      const address = listenAddress(listen.args[0]?.value ?? '', 0).key;
      if (address === undefined) continue;
      const servers = byAddress.get(address) ?? [];
      byAddress.set(address, servers);
      if (servers.at(-1)?.directive !== directive) servers.push({ directive, listen, names });
    }
  }
  return [...byAddress.values()].map((servers) => {
    const explicit = servers.find(({ listen }) => listen.args.slice(1).some(isDefaultWord));
    return { servers, defaultServer: explicit ?? servers[0]!, block };
  });
}
