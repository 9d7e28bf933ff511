import { isDefaultWord } from '../../servers/nginx/meaning/listen.ts';
import type { Directive, Word } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';
import { isOn, settingOf } from '../../servers/nginx/meaning/settings.ts';

export interface UnreadName {
  /** The `server_name`. */
  readonly server: Directive;
  readonly address: string;
}

interface Listening {
  readonly server: Directive;
  readonly words: readonly Word[];
}

/** The names of stream servers that share an address whose first server reads no name from a connection. */
export function unreadNames(stream: Directive): UnreadName[] {
  const byAddress = new Map<string, Listening[]>();
  for (const server of childrenNamed(stream.block, 'server')) {
    for (const { args } of childrenNamed(server.block, 'listen')) {
      const address = args[0]?.value ?? '';
      const group = byAddress.get(address);
      if (group) group.push({ server, words: args });
      else byAddress.set(address, [{ server, words: args }]);
    }
  }
  const outer = settingOf(stream.block, 'ssl_preread');
  return [...byAddress].flatMap(([address, group]) => {
    const first = group.find(({ words }) => words.some(isDefaultWord)) ?? group[0]!;
    const preread = settingOf(first.server.block, 'ssl_preread') ?? outer;
    const readsName = isOn(preread) || group.some(({ words }) => words.some(isTls));
    // An include may hold what is missing.
    if (group.length < 2 || readsName || childrenNamed(first.server.block, 'include').length > 0) return [];
    return group
      .filter(({ server }) => server !== first.server)
      .flatMap(({ server }) => childrenNamed(server.block, 'server_name').slice(0, 1))
      .filter(({ args }) => args.length > 0)
      .map((server) => ({ server, address }));
  });
}

function isTls({ value }: Word): boolean {
  return value === 'ssl';
}
