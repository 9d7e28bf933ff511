/** Words by which configs and documents tell that WebSockets are meant. */
import { once } from '../../text/once.ts';
import type { Span } from '../../text/source.ts';
import { socketNames } from './names.gen.ts';

/** What is built on WebSockets, and applications that need them of which there is no contract; as of November 2026. */
const others = [
  'argo-?cd',
  'coder',
  'esphome',
  'foundry-?vtt',
  'jupyter',
  'kasm',
  'meshcentral',
  'meteor',
  'novnc',
  'signalr',
  'socket\\.io',
  'web-?\\s?sockets?',
  'websockify',
  'wekan',
  'wss?:',
  'xmpp',
];

/** Between the words of a name anything or nothing may stand. */
const mention = once(() => {
  const names = socketNames.map((name) => name.replaceAll(' ', '[-_. ]?'));
  return new RegExp(`(?<![a-z])(?:${[...names, ...others].join('|')})(?![a-z])`, 'i');
});

/** Whether a text speaks of WebSockets, or of an application that does not work as it should without them. */
export function mentionsWebSockets(text: string): boolean {
  return mention().test(text);
}

/** Where it does so, in their order. */
export function webSocketMentions(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const { index, 0: name } of text.matchAll(new RegExp(mention(), 'gi')))
    found.push({ start: index, end: index + name.length });
  return found;
}
