import type { Random } from '../../oracle/lib/random.ts';
import type { FuzzCase } from '../case.ts';

const segments = ['a', 'b', '..', '.', '', '%2e%2e', '%00', 'x.php', 'x.php/y', '%', '~', 'A', '%c3%a4', ';p=1', '*'];
const headers = [
  'Upgrade: websocket',
  'X-Forwarded-For: 1.2.3.4',
  'X-Forwarded-Proto: https',
  'Cookie: a=b; c=d',
  'Host: other.example.com',
  'Host: a.example.com:8080',
  'Accept-Encoding: gzip',
  'User-Agent: curl/8',
  'Content-Length: 10',
  'X-A:',
];

/** Requests with hosts and paths that the config names, and others. */
export function requestsFor(config: string, random: Random): NonNullable<FuzzCase['requests']> {
  const named = config.match(/\/[\w./-]*|[\w-]+(?:\.[\w-]+)+/g) ?? [];
  const path = (): string =>
    random.below(2) === 0
      ? `/${Array.from({ length: random.below(5) }, () => random.pick(segments)!).join('/')}`
      : (random.pick(named.filter((text) => text.startsWith('/'))) ?? '/');
  const host = (): string => random.pick(named.filter((text) => /^[a-z]/i.test(text))) ?? 'a.example.com';
  return Array.from({ length: 1 + random.below(4) }, () => ({
    method: random.pick(['GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'CONNECT', 'M-SEARCH'])!,
    url: `${random.pick(['http', 'https', 'ws', 'wss'])!}://${random.pick([host(), '127.0.0.1', '[::1]'])!}${random.pick(['', '', ':8080', ':0', ':99999'])!}${path()}${random.pick(['', '?a=b', '?', '?a=%2f&b', '#f'])!}`,
    headers: Array.from({ length: random.below(3) }, () => random.pick(headers)!),
  }));
}
