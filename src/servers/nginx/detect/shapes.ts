/** How nginx has the arguments of names that are also words of other languages. */
import { wordTable } from '../../../text/word-table.ts';

/** What the arguments of words that other languages have, too, look like in nginx. */
export const shapes: Readonly<Record<string, ((args: readonly string[]) => boolean) | undefined>> = wordTable({
  server: (args) => args.length === 0 || /^(?:unix:|\$|[\w.[\]:-]+$)/.test(args[0]!),
  location: (args) =>
    args.length > 0 &&
    args.length < 3 &&
    /^["']?(?:=|~\*?|\^~|[=~^@/\\.$*\w(])/.test(args[0]!) &&
    !/^\(|\($/.test(args[0]!),
  upstream: (args) => args.length === 1,
  http: (args) => args.length === 0,
  events: (args) => args.length === 0,
  stream: (args) => args.length === 0,
  mail: (args) => args.length === 0,
  types: (args) => args.length === 0,
  if: (args) =>
    /^\($|^\(["']?(?:\$|!?-[fdex])/.test(args[0] ?? '') &&
    args.some((arg) => arg.includes('$')) &&
    !args.some((arg) => /^(?:[=!]==?|eq|ne|&&|\|\|)$/.test(arg) && arg !== '!='),
  return: ([first = '']) => /^(?:[1-5]\d\d$|["']?https?:|["']?\$)/.test(first),
  set: ([first = '', ...rest]) => /^["']?\$[\w{]/.test(first) && rest.length === 1,
  break: (args) => args.length === 0,
  map: ([first = '', second = '']) => /\$/.test(first) && second.startsWith('$'),
  geo: (args) => args.at(-1)?.startsWith('$') ?? false,
  allow: isAddress,
  deny: isAddress,
  root: ([first]) => isPath(first) || /^["']?[\w.-]+(?:\/[\w.-]*)*["']?$/.test(first ?? ''),
  alias: ([first]) => isPath(first),
  pid: ([first]) => isPath(first) || /\.pid/.test(first ?? ''),
  listen: ([first = '']) => /^["']?(?:\d+$|\*|\[|unix:|\$|[\w.-]+(?::|$))/.test(first),
  use: ([first = '']) => /^(?:epoll|poll|kqueue|select|eventport|\/dev\/poll|devpoll)$/.test(first),
  user: (args) => args.length > 0 && args.every((arg) => /^[\w.$-]+$/.test(arg)),
  index: (args) => args.length > 0 && args.every((arg) => /^["']?[\w./$-]+["']?$/.test(arg)),
  include: ([first = '']) => /^["']?[\w./*$~[-]/.test(first) && !/[()]/.test(first) && !/^".*\.h"$/.test(first),
  hash: ([first = '']) => first.includes('$'),
  gzip: isFlag,
  sendfile: isFlag,
  autoindex: isFlag,
  ssl: isFlag,
  daemon: isFlag,
  internal: (args) => args.length === 0,
  expires: (args) =>
    args.every((arg) => /^["']?(?:[+-]?\d+[smhdwMy]?|epoch|max|off|modified|@\w+|\$\S+)["']?$/.test(arg)),
  rewrite: (args) => args.length >= 2,
  default_type: ([first = '']) => /^["']?(?:[\w.+-]+\/|\$)/.test(first),
  zone: ([first = '']) => /^[\w$-]+(?::\d+[kmg]?)?$/i.test(first),
});

function isPath(arg = ''): boolean {
  return /^["']?(?:\/|\$)/.test(arg);
}

function isFlag([first = '']: readonly string[]): boolean {
  return /^["']?(?:on|off|always|\$)/.test(first);
}

function isAddress(args: readonly string[]): boolean {
  return (
    args.length === 1 &&
    /^["']?(?:all$|unix:|\$|[\d.]+(?:\/\d+)?$|[\da-f.]*:[\da-f:.]*(?:\/\d+)?$|[\w.-]+\.[a-z]{2,}$)/i.test(args[0]!)
  );
}
