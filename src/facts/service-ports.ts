import { wordTable } from '../text/word-table.ts';

/**
 * Ports by the names that `getaddrinfo` looks up, as far as proxies name them.
 * Source: IANA Service Name and Transport Protocol Port Number Registry, and `/etc/services` of Debian 12 (netbase 6.4).
 */
const ports: Readonly<Record<string, number>> = wordTable({
  ssh: 22,
  smtp: 25,
  domain: 53,
  http: 80,
  www: 80,
  imap2: 143,
  imap: 143,
  https: 443,
  submissions: 465,
  ssmtp: 465,
  syslog: 514,
  submission: 587,
  imaps: 993,
  pop3s: 995,
  socks: 1080,
  openvpn: 1194,
  'xmpp-client': 5222,
  'xmpp-server': 5269,
  tinc: 655,
  'http-alt': 8080,
});

/** A number or the name of a service; undefined where it is neither, or not known. */
export function portNumber(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Object.hasOwn(ports, text) ? ports[text] : undefined;
  return port !== undefined && port <= 65_535 ? port : undefined;
}
