/** Which requests are answered in the same way, so that a reader wants to see one of them. */
import type { TraceRequest } from '../model/trace.ts';
import { anyClient } from '../requests/request-to.ts';
import type { StandsFor } from '../requests/representative-request.ts';
import { toText } from '../text/bytes.ts';
import type { Hop } from '../topology/follow.ts';
import type { Expected } from './types.ts';

/** The same for answers that differ by what the request says only, and by which file it is. */
export function wayOf({ trace: { request, outcome } }: Hop, expected: Expected, { route }: StandsFor): string {
  const { file: _file, ...expect } = expected;
  const found = outcome.kind === 'static' ? String(outcome.found) : '';
  const client = request.from === anyClient ? '' : request.from;
  return [route ? '' : request.host, client, found, withoutRequest(expect, request, route?.match.pattern ?? '')].join(
    ' ',
  );
}

/** What the request says of itself is not told apart; `pattern`: the beginning of its path, if the route is for one. */
function withoutRequest(expect: Expected, request: TraceRequest, pattern: string): string {
  const { method, target, host, port, headers } = request;
  const path = target.split('?', 1)[0]!;
  const rest = target.startsWith(pattern) ? target.slice(pattern.length) : target;
  const own = [target, path, rest, `${host}:${port}`, host, ...headers.map(([, value]) => value)].map(plain);
  const isLong = own.filter((part) => part.length > 2);
  const form = (text: string): string => {
    if (text === method) return '\0';
    const shortened = isLong.reduce((left, part) => left.replaceAll(part, '\0'), plain(text));
    const end = own.find((part) => part !== '' && shortened.endsWith(part));
    return end === undefined ? shortened : `${shortened.slice(0, -end.length)}\0`;
  };
  return JSON.stringify(expect, (_, value: unknown) => (typeof value === 'string' ? form(value) : value));
}

/** The path and what it stands for look the same. */
function plain(text: string): string {
  return toText(text).replace(/%2f/gi, '/').replace(/%20/g, ' ');
}
