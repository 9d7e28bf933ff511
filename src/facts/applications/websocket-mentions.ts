/** Words by which configs and documents tell that WebSockets are meant. */
import { Cache } from '../../text/cache.ts';
import { once } from '../../text/once.ts';
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

/** An editor asks again and again about texts that have not changed. */
const known = new Cache<string, boolean>(1000);
/** Longer ones are not kept. */
const longestKept = 2000;

/** Whether a text speaks of WebSockets, or of an application that does not work as it should without them. */
export function mentionsWebSockets(text: string): boolean {
  let found = known.get(text);
  if (found === undefined) {
    found = mention().test(text);
    if (text.length <= longestKept) known.set(text, found);
  }
  return found;
}
