/** What the probes of sslh look for in the first bytes. */
import { wordTable } from '../../../text/word-table.ts';

/** Of what goes on beyond the bytes that are known nothing is found: it would be chance. */
interface Builtin {
  matches(bytes: string, isWhole: boolean): boolean;
  /** How many bytes it takes to be sure that it does not match. */
  needs(bytes: string): number;
}

const methods = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];

export const builtins: Readonly<Record<string, Builtin | undefined>> = wordTable({
  ssh: { matches: (bytes) => bytes.startsWith('SSH-'), needs: () => 4 },
  openvpn: {
    matches: (bytes, isWhole) => isWhole && bytes.length > 1 && twoBytes(bytes, 0) === bytes.length - 2,
    needs: () => 2,
  },
  tinc: { matches: (bytes) => bytes.startsWith('0 '), needs: () => 2 },
  xmpp: { matches: (bytes) => bytes.includes('jabber'), needs: () => 50 },
  // One method after the other is asked; the first for which too little came ends it.
  http: {
    matches(bytes) {
      const decisive = methods.find((method) => bytes.length < method.length || bytes.startsWith(method));
      return bytes.includes('HTTP') || (decisive !== undefined && bytes.length >= decisive.length);
    },
    needs: () => 7,
  },
  adb: {
    matches: (bytes) => isCnxn(bytes) || (bytes.startsWith(emptyMessage) && isCnxn(bytes.slice(emptyMessage.length))),
    needs: () => 30 + emptyMessage.length,
  },
  socks5: {
    matches: (bytes) => hasSocksMethods(bytes) && bytes.length >= 2 + bytes.charCodeAt(1),
    needs: (bytes) => (hasSocksMethods(bytes) ? 2 + bytes.charCodeAt(1) : 2),
  },
  syslog: { matches: (bytes) => /^(?:\d{1,3} )?<\d{1,3}>/.test(bytes), needs: () => 0 },
  teamspeak: { matches: (bytes) => /^TS3INIT1(?:\0|$)/.test(bytes), needs: () => 0 },
  msrdp: {
    matches(bytes, isWhole) {
      if (!isWhole || bytes.length < 7 || bytes[0] !== '\x03') return false;
      const length = twoBytes(bytes, 2) & 0xff;
      return (length > 127 ? length - 256 : length) === bytes.length;
    },
    needs: () => 0,
  },
  wireguard: { matches: () => false, needs: () => 0 },
});

function twoBytes(bytes: string, at: number): number {
  return bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1);
}

/** Version 5, and one to ten methods of which none is above nine, as far as they have come. */
function hasSocksMethods(bytes: string): boolean {
  const count = bytes.charCodeAt(1);
  return bytes[0] === '\x05' && count >= 1 && count <= 10 && /^[\0-\x09]*$/.test(bytes.slice(2, 2 + count));
}

const emptyMessage = `${'\0'.repeat(20)}\xff\xff\xff\xff`;

function isCnxn(bytes: string): boolean {
  return bytes.length >= 30 && bytes.startsWith('CNXN') && bytes.startsWith('host:', 24);
}
