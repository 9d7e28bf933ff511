/** What a virtual host that fulfils the contract of an application has to do, taken together from all items. */
import type { Application, HeaderValue, Need } from '../../../src/facts/applications/types.ts';
import { holdsFor, type Holds } from '../../../src/facts/applications/versions.ts';
import { formatVersion, type Version } from '../../../src/model/versions.ts';

export interface ExampleOptions {
  /** Left out: the newest, with what older ones need beside. */
  readonly version?: Version | undefined;
  /** The path that the application stands below, without a slash at its end. */
  readonly base?: string | undefined;
  /** Where clients come in over TLS; left out: 443. */
  readonly port?: number | undefined;
}

export interface Wanted {
  /** The comment that says what the application is. */
  readonly told: string;
  readonly name: string;
  readonly base: string;
  readonly listen: number;
  /** What proxies put in front of the application's own paths when it stands below {@link base}. */
  readonly keptBase: string;
  readonly headers: ReadonlyMap<string, HeaderValue>;
  readonly upgrade: 'websocket' | 'any' | undefined;
  /** Bytes; 0: any size. */
  readonly bodySize: number | undefined;
  /** Seconds. */
  readonly timeout: number | undefined;
  /** Bytes. */
  readonly headerBuffer: number | undefined;
  readonly streamsAnswers: boolean;
  readonly streamsUploads: boolean;
  readonly closed: readonly string[];
  /** Other ports by path. */
  readonly ports: ReadonlyMap<string, number>;
  /** Paths that come to the application over plain HTTP. */
  readonly plain: readonly string[];
  readonly raw: boolean;
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly plainPort: number;
  /** The name of the backend is the right one in `Host`. */
  readonly keepsOwnHost: boolean;
}

type Of<About extends Need['about']> = Extract<Need, { about: About }>;

export function wantedOf(application: Application, { version, base = '', port = 443 }: ExampleOptions): Wanted {
  const { id, names, needs } = application;
  const all = <About extends Need['about']>(about: About, least: Holds = 'maybe'): Of<About>[] =>
    needs.filter(
      (need): need is Of<About> => need.about === about && [least, 'yes'].includes(holdsFor(need.versions, version)),
    );
  const sizes = all('body-size').map(({ least }) => least);
  const buffering = all('buffering').filter(({ strength }) => strength !== 'recommended');
  const headers = all('headers').filter(({ paths }) => !paths);
  const sockets = all('websocket');
  return {
    told: `# proxylint-application: ${id}${version ? ` ${formatVersion(version)}` : ''}`,
    name: `${names.telling[0] ?? id.replace(/\W/g, '')}.example.org`,
    base,
    listen: port,
    keptBase: all('sub-path').some(({ prefix }) => prefix === 'removed') ? '' : base,
    headers: new Map(headers.flatMap(({ values }) => Object.entries(values))),
    upgrade: sockets.some(({ protocol }) => protocol) ? 'any' : sockets.length > 0 ? 'websocket' : undefined,
    bodySize: sizes.length === 0 ? undefined : sizes.includes(0) ? 0 : Math.max(...sizes),
    timeout: largest(all('timeout').map(({ least }) => least)),
    headerBuffer: largest(all('header-buffer').map(({ usual }) => usual)),
    streamsAnswers: buffering.some(({ response }) => response === 'streamed'),
    streamsUploads: buffering.some(({ request }) => request === 'streamed'),
    closed: all('private').flatMap(({ degree, when, paths }) => (degree === 'closed' && !when ? paths : [])),
    ports: new Map(all('port', 'yes').flatMap(({ paths, port }) => paths.map((path) => [path, port] as const))),
    plain: all('well-known').flatMap(({ scheme, when, paths }) => (scheme === 'http' && !when ? paths : [])),
    raw: all('raw-path').length > 0,
    ...backendOf(application),
    keepsOwnHost: needs.some(
      (need) =>
        (need.about === 'headers' && need.values['Host'] === 'backend') ||
        (need.about === 'not-needed' && need.what.includes('host')),
    ),
  };
}

function largest(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

/** The main port, over TLS where it speaks nothing else. */
function backendOf({ ports, needs }: Application): Pick<Wanted, 'scheme' | 'port' | 'plainPort'> {
  const wrong = new Set(needs.flatMap((need) => (need.about === 'wrong-port' ? [need.port] : [])));
  const web = ports.filter((each) => /^https?$/.test(each.scheme) && !wrong.has(each.port));
  const fixed = web.find(({ scheme, fixed }) => scheme === 'https' && fixed);
  const plain = web.find(({ scheme }) => scheme === 'http');
  const main = (plain && fixed && plain.fixed ? fixed : (plain ?? web[0])) ?? { scheme: 'http', port: 8080 };
  return { scheme: main.scheme as Wanted['scheme'], port: main.port, plainPort: plain?.port ?? main.port };
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
