/** NixOS modules: strings between pairs of apostrophes. https://nix.dev/manual/nix/2.24/language/string-literals */
import type { Level } from '../../syntax/config.ts';
import type { Dialect } from '../../syntax/tree.ts';
import type { MappedText } from '../../text/mapped-text.ts';
import { wordTable } from '../../text/word-table.ts';
import { commonIndentation, decoded, endOfBraces, type Escape } from './indented.ts';
import type { Piece } from './piece.ts';

/** What stands in front of a string, or opens, separates or closes what it stands in. */
const token = /#[^\n]*|\/\*|''|"|[{}();]|=(?!=)|[A-Za-z_][\w'-]*|\$\{|\./g;

export function* readNix(base: MappedText): Generator<Piece> {
  const { text } = base;
  const around: (readonly string[])[] = [];
  let path: string[] = [];
  /** Behind the equals sign: what stands there names nothing. */
  let isValue = false;
  let lastString = '';
  token.lastIndex = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [sign] = match;
    const { index } = match;
    if (sign === '/*') {
      const end = text.indexOf('*/', index + 2);
      token.lastIndex = end === -1 ? text.length : end + 2;
    } else if (sign === '"') {
      const end = endOfString(text, index);
      lastString = text.slice(index + 1, end - 1);
      if (!isValue) path.push(lastString);
      token.lastIndex = end;
    } else if (sign === "''") {
      const found = stringAt(text, index);
      const names = [...around.flat(), ...path];
      yield pieceOf(base, found, names, lastString);
      token.lastIndex = found.end + 2;
    } else if (sign === '{') {
      around.push(path);
      path = [];
      isValue = false;
    } else if (sign === '}') {
      path = [...(around.pop() ?? [])];
      isValue = true;
    } else if (sign === ';') {
      lastString = '';
      path = [];
      isValue = false;
    } else if (sign === '=') isValue = true;
    else if (!isValue && /^[A-Za-z_]/.test(sign)) path.push(sign);
  }
}

function endOfString(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
    else if (text.startsWith('${', at)) at = endOfBraces(text, at + 1, text.length) - 1;
  }
  return text.length;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly escapes: readonly Escape[];
}

function stringAt(text: string, open: number): Found {
  const start = open + 2;
  const escapes: Escape[] = [];
  for (let at = start; at < text.length; at++) {
    if (text.startsWith("''", at)) {
      const next = text[at + 2];
      if (next === "'") escapes.push({ start: at, end: at + 3, text: "''" });
      else if (next === '$') escapes.push({ start: at, end: at + 3, text: '$' });
      else if (next === '\\') escapes.push({ start: at, end: at + 4, text: unescaped(text[at + 3] ?? '') });
      else return { start, end: at, escapes };
      at = escapes.at(-1)!.end - 1;
    } else if (text.startsWith('$$', at)) at++;
    else if (text.startsWith('${', at)) {
      const end = endOfBraces(text, at + 1, text.length);
      escapes.push({ start: at, end, text: undefined });
      at = end - 1;
    }
  }
  return { start, end: text.length, escapes };
}

function unescaped(sign: string): string {
  return sign === 'n' ? '\n' : sign === 't' ? '\t' : sign === 'r' ? '\r' : sign;
}

function pieceOf(base: MappedText, found: Found, names: readonly string[], lastString: string): Piece {
  const { text } = base;
  const lineEnd = text.indexOf('\n', found.start);
  const isBlank = lineEnd !== -1 && lineEnd < found.end && text.slice(found.start, lineEnd).trim() === '';
  const start = isBlank ? lineEnd + 1 : found.start;
  const indent = isBlank ? commonIndentation(text, start, found.end) : 0;
  const { content, filledIn } = decoded(base, { start, end: found.end }, indent, found.escapes);
  // The line of the closing signs.
  const last = content.text.lastIndexOf('\n') + 1;
  const end = content.text.slice(last).trim() === '' ? last : content.text.length;
  const more = { content: content.slice(0, end), filledIn, ...(isBlank && { encode }) };
  const told = optionOf(names);
  return told ? { ...more, ...told } : { ...more, name: /\.\w+$/.test(lastString) ? lastString : undefined };
}

function encode(text: string): string {
  return text.replaceAll("''", "'''").replaceAll('${', "''${");
}

/** Options of `services.nginx` that hold its own text. */
const nginxOptions: Readonly<Record<string, Level | undefined>> = wordTable({
  appendConfig: 'main',
  prependConfig: 'main',
  config: 'main',
  eventsConfig: 'events',
  appendHttpConfig: 'http',
  commonHttpConfig: 'http',
  httpConfig: 'http',
  streamConfig: 'stream',
});

/** What the name of an option says of its text. Source: nixos/modules/services/web-servers in nixpkgs 24.11. */
function optionOf(names: readonly string[]): { readonly dialect?: Dialect; readonly level?: Level } | undefined {
  const option = names.at(-1) ?? '';
  const isHttpd = names.includes('httpd');
  if (option === 'extraConfig' && names.includes('virtualHosts')) {
    const isLocation = names.includes('locations');
    if (isHttpd) return { dialect: 'apache', level: isLocation ? 'directory' : 'vhost' };
    return names.includes('nginx') ? { dialect: 'nginx', level: isLocation ? 'location' : 'server' } : undefined;
  }
  if (isHttpd && option === 'extraConfig') return { dialect: 'apache', level: 'server' };
  const level = names.includes('nginx') ? nginxOptions[option] : undefined;
  return level && { dialect: 'nginx', level };
}
