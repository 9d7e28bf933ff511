/** What the applications that are played have in common. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Answer, Broken } from './types.ts';

export const everything = { host: '$http_host', scheme: true, upgrade: true, body: '0' } as const;
export const node = process.execPath;
/** Packages from npm: `npm ci --prefix scripts/applications/play/packages`. */
export const modules = fileURLToPath(new URL('packages/node_modules', import.meta.url));

export const not = (status: number) => (answer: Answer) => answer.status !== status;
export const is = (status: number) => (answer: Answer) => answer.status === status;
export const isCut = (answer: Answer): boolean => answer.isCut;
export const says =
  (text: string) =>
  ({ body }: Answer) =>
    body.includes(text);

/** Returns the path. */
export function file(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The backend is not told that the client came over TLS. */
export function withoutScheme({ ask, symptom }: Pick<Broken, 'ask' | 'symptom'>): Broken {
  return { name: 'no scheme', parts: { ...everything, scheme: false }, ask, symptom, rule: 'missing-forwarded-proto' };
}

/** A wrong Host, as each server is wont to send it, and the rule that tells it. */
export function wrongHosts(
  { ask, login, symptom }: Pick<Broken, 'ask' | 'login' | 'symptom'>,
  which: readonly ('port lost' | 'nginx' | 'apache')[] = ['port lost', 'nginx', 'apache'],
): Broken[] {
  const { host: _, ...without } = everything;
  const same = { ask, symptom, ...(login && { login }) };
  const all: Record<(typeof which)[number], Broken> = {
    'port lost': {
      name: '$host',
      parts: { ...everything, host: '$host' },
      rule: 'application-headers',
      servers: ['nginx'],
      ...same,
    },
    nginx: { name: 'Host of the backend', parts: without, rule: 'missing-host-header', servers: ['nginx'], ...same },
    apache: { name: 'Host of the backend', parts: without, rule: 'application-headers', servers: ['apache'], ...same },
  };
  return which.map((each) => all[each]);
}
