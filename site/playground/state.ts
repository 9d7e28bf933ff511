/** What the page shows, as far as a link or a reload brings it back. */
import { setNames } from '../../src/config/sets.ts';
import { dialects } from '../../src/syntax/tree.ts';
import type { Dialect, SetName } from './protocol.ts';

export const tabs = ['findings', 'trace', 'routes', 'format'] as const;
export type Tab = (typeof tabs)[number];

export interface State {
  readonly text: string;
  readonly dialect: Dialect | undefined;
  readonly targets: Readonly<Partial<Record<Dialect, string>>>;
  readonly profile: SetName;
  readonly tab: Tab;
  readonly method: string;
  readonly url: string;
  /** `Name: value`, one a line. */
  readonly headers: string;
}

export const emptyState: State = {
  text: '',
  dialect: undefined,
  targets: {},
  profile: 'recommended',
  tab: 'findings',
  method: 'GET',
  url: '',
  headers: '',
};

/** Texts that are too long for a link, or for the storage of the browser. */
const maxStored = 300_000;

/** What a link holds behind its `#`; undefined for a text that is too long for one. */
export async function toFragment(state: State): Promise<string | undefined> {
  if (state.text.length > maxStored) return undefined;
  const bytes = await through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `1.${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** Undefined for one that was not made by {@link toFragment}. */
export async function fromFragment(fragment: string): Promise<State | undefined> {
  if (!fragment.startsWith('1.')) return undefined;
  try {
    const binary = atob(fragment.slice(2).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return checked(JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')))));
  } catch {
    return undefined;
  }
}

const storageKey = 'proxylint-playground';

/** Keeps the state for the next visit, on this machine. */
export function keep(state: State): void {
  try {
    if (state.text.length <= maxStored) localStorage.setItem(storageKey, JSON.stringify(state));
  } catch {
    // Full, or not allowed: then nothing is kept.
  }
}

export function kept(): State | undefined {
  try {
    return checked(JSON.parse(localStorage.getItem(storageKey) ?? 'null'));
  } catch {
    return undefined;
  }
}

/** A link may come from anybody: what is not as it should be is left out. */
function checked(value: unknown): State | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const written = value as Readonly<Record<string, unknown>>;
  const { text, dialect, targets, profile, tab, method, url, headers } = written;
  if (typeof text !== 'string') return undefined;
  const versions = typeof targets === 'object' && targets !== null ? (targets as Record<string, unknown>) : {};
  return {
    text,
    dialect: dialects.find((each) => each === dialect),
    targets: Object.fromEntries(
      dialects.flatMap((each) => (typeof versions[each] === 'string' ? [[each, versions[each]]] : [])),
    ),
    profile: setNames.find((each) => each === profile) ?? emptyState.profile,
    tab: tabs.find((each) => each === tab) ?? emptyState.tab,
    method: typeof method === 'string' ? method : emptyState.method,
    url: typeof url === 'string' ? url : '',
    headers: typeof headers === 'string' ? headers : '',
  };
}

/** More than this is no config that the page can show. */
const maxUnpacked = 8 * 1024 * 1024;

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value as Uint8Array<ArrayBuffer>);
    length += value.length;
    if (length > maxUnpacked) throw new Error('too long');
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
