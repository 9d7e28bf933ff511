/** Limits of the head of a request (server/protocol.c), and what is asked of a body. */
import { headerValue, headerValues } from '../../../model/headers.ts';
import { giveUp } from '../../../model/unknown.ts';
import { settingOf, step, textOf, type Request, type Setting } from './state.ts';
import { readNumber } from '../meaning/settings.ts';

/** The status of a head that is refused by the settings of the virtual host. */
export function refusedHead(setting: Setting): number | undefined {
  const { request } = setting;
  const line = `${request.method} ${request.target} HTTP/1.1`.length;
  const longestLine = limitOf(setting, 'limitrequestline', 8190);
  const longestField = limitOf(setting, 'limitrequestfieldsize', 8190);
  if (isAbout(line, longestLine)) giveUp('The request line is about as long as LimitRequestLine.');
  if (line > longestLine) return 414;
  const fields = request.headers.map(([name, value]) => name.length + value.length + 2);
  if (fields.some((length) => isAbout(length, longestField)))
    giveUp('A header is about as long as LimitRequestFieldSize.');
  if (fields.some((length) => length > longestField)) return 400;
  const most = limitOf(setting, 'limitrequestfields', 100);
  if (most > 0 && request.headers.length > most) return 400;
  const encodings = headerValues(request.headers, 'transfer-encoding');
  if (encodings.length === 0) return undefined;
  // Several are one list; only its last word counts: `ap_is_chunked`.
  const last = encodings.join(',').split(',').at(-1)!.trim();
  return last.toLowerCase() === 'chunked' ? undefined : 400;
}

/** The status of headers that are refused after they chose the virtual host. */
export function refusedFields({ headers }: Setting['request']): number | undefined {
  if (headerValues(headers, 'content-length').some((value) => !/^\d+$/.test(value))) return 400;
  const expects = headerValues(headers, 'expect').find((value) => value.toLowerCase() !== '100-continue');
  return expects === undefined || expects === '' ? undefined : 417;
}

const isAbout = (length: number, limit: number): boolean => Math.abs(length - limit) <= 4;

function limitOf(setting: Setting, key: string, fallback: number): number {
  const directive = setting.base.setting(key)?.directive;
  return (directive && readNumber(key, textOf(setting, directive.args[0]))) ?? fallback;
}

/** 413 for a body that is longer than the innermost LimitRequestBody, as the server itself reads it. */
export function refusedBody(request: Request): number | undefined {
  const { headers, bodySize } = request.setting.request;
  const announced = headerValue(headers, 'content-length');
  const directive = settingOf(request, 'limitrequestbody');
  const limit = (directive && readNumber(directive.key, textOf(request.setting, directive.args[0]))) ?? 2 ** 30;
  const size = Number(announced ?? bodySize);
  if (limit === 0 || size <= limit) return undefined;
  if (announced === undefined && headerValue(headers, 'transfer-encoding') !== undefined)
    giveUp('When a body in chunks is found too long is not traced.');
  step(request, 'The body is larger than LimitRequestBody.', directive);
  return 413;
}
