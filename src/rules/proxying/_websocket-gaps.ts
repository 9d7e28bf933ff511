/** Upgrades that a backend is not asked for, in words. */
import { isHttpUrl } from '../../model/scheme.ts';
import type { WebSocketGap } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import type { ProxyRoute } from '../_shared/backends.ts';
import { isBefore, type Targets } from '../../model/versions.ts';
import { wordsAfter, type Offer } from '../../edits/lines.ts';

/** httpd from 2.4.47 on needs one word; in nginx it takes a map and more. */
export function upgradeFix({ handler: { directive, target } }: ProxyRoute, targets: Targets): Offer {
  const isOld = targets.apache !== undefined && isBefore(targets.apache, '2.4.47');
  const isPlain = directive.key === 'proxypass' && isHttpUrl(target.word.value);
  if (!isPlain || isOld || directive.args.some(({ value }) => /^upgrade=/i.test(value))) return {};
  return { fix: { title: 'Pass the upgrade on', edits: [wordsAfter(directive, 'upgrade=websocket')] } };
}

export function asksForUpgrade({ args }: Directive): boolean {
  return args.some(({ value }) => /^upgrade=(?:websocket|any)$/i.test(value));
}

export const halfWhy =
  'A WebSocket connection needs every part of the upgrade; with one part missing or wrong the backend refuses it.';

export function describe({ what, value }: WebSocketGap): string {
  const name = { 'upgrade-header': '"Upgrade"', 'connection-header': '"Connection"', 'http-version': 'HTTP/1.1' }[what];
  if (value === undefined)
    return what === 'http-version' ? 'the backend is not spoken to in HTTP/1.1' : `${name} is not passed on`;
  return what === 'http-version' ? `the backend is spoken to in HTTP/${value}` : `${name} is "${value}"`;
}

/** The part that is wrong, else the directive that hands requests on, and the other parts. */
export function placesOf(gaps: readonly WebSocketGap[], directive: Directive) {
  const at = gaps.find(({ value }) => value !== undefined)?.at ?? directive;
  // One directive may leave several parts out.
  const others = new Set(gaps.map((gap) => gap.at).filter((place) => place !== at));
  return { at, related: [...others].map((other) => ({ at: other, message: 'this does a part of the upgrade' })) };
}
