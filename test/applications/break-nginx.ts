/** One item of a contract broken for nginx. */
import { nginxExample } from '../../scripts/gen/application-examples/nginx.ts';
import type { Application, Need } from '../../src/facts/applications/types.ts';
import { Lines } from './lines.ts';
import {
  baseFor,
  genericRules,
  isJudged,
  removedWith,
  trustedNames,
  versionFor,
  type Header,
  type Variant,
} from './variant.ts';

type Of<About extends Need['about']> = Extract<Need, { about: About }>;

/** All ways in which an item of a contract is broken here. */
export function breakForNginx(application: Application, need: Need): Variant[] {
  const version = versionFor(need);
  const base = baseFor(need);
  const example = (port = 443): Lines => Lines.of(nginxExample(application, { version, base, port }));
  const site = new Site(example(), base);
  switch (need.about) {
    case 'websocket':
      return sockets(site, need);
    case 'headers':
      return Object.entries(need.values).flatMap(([name, value]) =>
        headers(site, need, { name, value }, new Site(example(8443), base)),
      );
    case 'body-size':
      return need.paths.map((path) => lost(site, path, /client_max_body_size/, 'application-body-size'));
    case 'timeout':
      return need.paths.map((path) => timeout(site, need, path));
    case 'buffering':
      return buffering(site, need);
    case 'header-buffer':
      return [lost(site, '/', /proxy_buffer(?:_size|s) /, 'application-buffering')];
    case 'raw-path':
      return need.decodedToo ? [] : [rawPath(site)];
    case 'sub-path':
      return [subPath(application, need, site)];
    case 'private':
      return [exposed(site, need)];
    case 'trusted-header':
      return need.names.map((name) => trusted(site, trustedNames(application), name));
    case 'port':
      return need.paths.map((path) => otherPort(application, site, need, path));
    case 'wrong-port':
      return [wrongPort(site, need)];
    case 'well-known':
      return need.when === undefined ? need.paths.map((path) => wellKnown(site, path, need)) : [];
    case 'not-needed':
    case 'note':
      return [];
  }
}

/** The example with its main location. */
class Site {
  readonly lines: Lines;
  /** The main location, and the line of its proxy_pass. */
  readonly location: RegExp;
  readonly pass: string;
  /** The first location that is proxied over TLS. */
  readonly firstHead: string;

  constructor(lines: Lines, base: string) {
    this.lines = lines;
    this.location = new RegExp(String.raw`^ {4}location ${base}/ \{$`);
    const at = lines.lines.findLastIndex((line) => this.location.test(line));
    this.pass = lines.lines[at + 1]!;
    const start = lines.lines.findLastIndex((line) => line === 'server {');
    const isProxied = (_: string, index: number): boolean =>
      index > start && (lines.lines[index + 1]?.startsWith('        proxy_pass') ?? false);
    this.firstHead = lines.lines.find(isProxied)!;
  }

  /** Where requests with this path go to: the location of another port may take them. */
  passFor(path: string): string {
    const { lines } = this.lines;
    const taking = lines.flatMap((line, index) => {
      const [, prefix] = /^ {4}location (\/\S*) \{$/.exec(line) ?? [];
      return prefix !== undefined && path.startsWith(prefix) && lines[index + 1]!.includes('proxy_pass')
        ? [{ prefix, pass: lines[index + 1]! }]
        : [];
    });
    return taking.toSorted((a, b) => b.prefix.length - a.prefix.length)[0]?.pass ?? this.pass;
  }

  /** With a location for the path alone. */
  with(path: string, settings: readonly string[], lines = this.lines): Lines {
    return lines.before(
      this.location,
      `    location = ${path} {`,
      `    ${this.passFor(path).trim()} # here`.replace(/^/, '    '),
      ...settings.map((line) => `    ${line}`),
      '    }',
    );
  }
}

function lost(site: Site, path: string, setting: RegExp, rule: string): Variant {
  const common = { label: path, good: site.lines };
  if (path === '/') return { ...common, bad: site.lines.without(setting), told: { [rule]: site.pass } };
  const elsewhere = movedIn(site.lines, setting);
  const own = elsewhere.lines.indexOf(`    location ${path} {`);
  if (own === -1) return { ...common, bad: site.with(path, [], elsewhere), told: { [rule]: '# here' } };
  const end = elsewhere.lines.indexOf('    }', own);
  const inside = [`${elsewhere.lines[own + 1]!} # here`];
  const bad = new Lines(elsewhere.lines.toSpliced(own + 1, end - own - 1, ...inside));
  return { ...common, bad, told: { [rule]: '# here' } };
}

/** With settings of the server in each of its locations instead. */
function movedIn(lines: Lines, setting: RegExp): Lines {
  const settings = lines.matching(setting).map((line) => `    ${line}`);
  const bare = lines.without(setting).lines;
  return new Lines(bare.flatMap((line) => (/^ {8}proxy_pass/.test(line) ? [line, ...settings] : [line])));
}

/** Where the default would do, less than that is written. */
function timeout(site: Site, { least }: Of<'timeout'>, path: string): Variant {
  const setting = /proxy_read_timeout/;
  if (least > 60) return lost(site, path, setting, 'application-timeout');
  const written = `        proxy_read_timeout ${least - 1}s;`;
  const bad = site.with(path, [written.trim()], site.lines);
  return { label: path, good: site.lines, bad, told: { 'application-timeout': written.trim() } };
}

const headerLine = /^ {4}proxy_set_header/;

/** A location of its own for the path, which has all headers but some. */
function withoutHeaders(site: Site, path: string, missing: RegExp): Lines {
  const others = site.lines.matching(headerLine).filter((line) => !missing.test(line));
  return site.with(path, others, movedIn(site.lines, headerLine));
}

function sockets(site: Site, { paths, protocol, strength }: Of<'websocket'>): Variant[] {
  if (strength === 'recommended') return [];
  const told = (at: string): Variant['told'] => ({ 'missing-websocket-upgrade': at, 'application-websocket': at });
  const other = site.lines.replace(/\$http_upgrade;/, 'websocket;');
  return [
    ...paths.map((path) => {
      const bad = withoutHeaders(site, path, /Upgrade|Connection/);
      return { label: path, good: site.lines, bad, told: told('# here') };
    }),
    ...(protocol ? [{ label: 'another protocol', good: site.lines, bad: other, told: told(site.pass) }] : []),
  ];
}

function headers(site: Site, need: Of<'headers'>, header: Header, elsewhere: Site): Variant[] {
  const { name, value } = header;
  if (need.strength === 'recommended' || value === 'absent' || !isJudged(need, header)) return [];
  const told = (at: string): Variant['told'] => ({ 'application-headers': at });
  const [path] = need.paths ?? [];
  const line = new RegExp(String.raw`^ {4}proxy_set_header ${name} .*`);
  const [short, other] = ['Host $host', 'Host inner.example.net'].map((text) => `    proxy_set_header ${text};`) as [
    string,
    string,
  ];
  if (value === 'backend') {
    const written = '    proxy_set_header Host $http_host;';
    if (name !== 'Host') return [];
    return [{ label: name, good: site.lines, bad: site.lines.before(site.location, written), told: told(written) }];
  }
  const gone = new RegExp(String.raw`proxy_set_header (?:${[...removedWith(need, header)].join('|')}) `);
  const at =
    path === undefined ? { pass: site.pass, head: site.firstHead } : { pass: '# here', head: `location = ${path} {` };
  const missing = {
    label: `no ${name}`,
    good: site.lines,
    bad: path === undefined ? site.lines.without(gone) : withoutHeaders(site, path, gone),
    told: { ...told(at.pass), ...(genericRules[name] && { [genericRules[name]]: at.head }) },
  };
  if (name !== 'Host' || path !== undefined) return [missing];
  const others = new RegExp(`proxy_set_header (?:${(need.orBy?.['Host'] ?? []).join('|') || '$^'}) `);
  const { lines } = elsewhere;
  const cut = lines.without(others).replace(line, short);
  const portLost = { label: 'Host without the port', good: lines, bad: cut, told: told(short) };
  const bad = site.lines.without(others).replace(line, other);
  const named = { label: 'another Host', good: site.lines, bad, told: told(other) };
  return value === 'client' ? [missing, named, portLost] : [missing, named];
}

function buffering(site: Site, need: Of<'buffering'>): Variant[] {
  // In HTTP/1.1 nginx hands chunks on as they come.
  const isPedantic = need.strength !== 'breaks' || site.lines.text.includes('proxy_http_version');
  const rule = 'application-buffering';
  // The example leaves out what is a proposal only.
  const off = ['proxy_buffering', 'proxy_request_buffering'].map((name) => `    ${name} off;`);
  const full = new Site(site.lines.without(/proxy_(?:request_)?buffering/).before(site.location, ...off), '');
  const written = '    proxy_buffering off;';
  const unbuffered = { label: 'off', good: site.lines, bad: site.lines.before(site.location, written) };
  if (need.response === 'buffered') return [{ ...unbuffered, told: { [rule]: written }, isPedantic }];
  return need.paths.flatMap((path) => [
    ...(need.response === 'streamed' ? [{ ...lost(full, path, /proxy_buffering/, rule), isPedantic }] : []),
    ...(need.request === 'streamed'
      ? [{ ...lost(full, path, /proxy_request_buffering/, rule), label: `${path} (request)`, isPedantic: true }]
      : []),
  ]);
}

function rawPath(site: Site): Variant {
  const bad = site.lines.replace(/^( {8}proxy_pass \S+:\d+);/, '$1/;');
  return { label: 'decoded', good: site.lines, bad, told: { 'application-path': site.pass.replace(';', '/;') } };
}

function subPath(application: Application, { prefix }: Of<'sub-path'>, site: Site): Variant {
  const common = { label: prefix, good: site.lines, told: { 'application-path': 'proxy_pass' } };
  if (prefix === 'impossible') {
    const bad = Lines.of(nginxExample(application, { base: '/base' }));
    return { ...common, bad };
  }
  const bad =
    prefix === 'kept'
      ? site.lines.replace(/^( {8}proxy_pass \S+:\d+);/, '$1/;')
      : site.lines.replace(/^( {8}proxy_pass \S+:\d+)\/;/, '$1;');
  return { ...common, bad };
}

const guard = ['allow 192.0.2.0/24;', 'deny all;'];

function exposed(site: Site, { paths, degree, when }: Of<'private'>): Variant {
  const common = { label: paths.join(' '), told: { 'application-exposure': site.pass } };
  if (degree === 'closed' && when === undefined) {
    const closed = new Set(paths.map((path) => `    location ${path} {`));
    const { lines } = site.lines;
    const bad = new Lines(lines.filter((_, index) => ![0, 1, 2].some((back) => closed.has(lines[index - back]!))));
    return { ...common, good: site.lines, bad };
  }
  const good = paths.reduce(
    (lines, path) =>
      path === '/'
        ? lines.after(site.location, ...guard.map((line) => `        ${line}`))
        : lines.before(
            site.location,
            `    location ${path} {`,
            `        ${site.passFor(path).trim()}`,
            ...guard.map((line) => `        ${line}`),
            '    }',
          ),
    site.lines,
  );
  return { ...common, good, bad: site.lines, isPedantic: true };
}

function trusted(site: Site, names: readonly string[], name: string): Variant {
  // nginx drops names with underscores unless it is told otherwise.
  const lines = site.lines
    .without(new RegExp(`proxy_set_header (?:${names.join('|')}) `))
    .before(site.location, '    underscores_in_headers on;');
  const taken = names.map((each) => `    proxy_set_header ${each} "";`);
  const good = lines.before(site.location, ...taken);
  const bad = lines.before(site.location, ...taken.filter((line) => !line.includes(` ${name} `)));
  return { label: name, good, bad, told: { 'application-headers': site.pass }, isPedantic: true };
}

function otherPort({ ports }: Application, site: Site, { port }: Of<'port'>, path: string): Variant {
  const at = site.lines.lines.findIndex((line) => line.endsWith(`location ${path} {`));
  const other = ports.find((each) => each.port !== port && each.scheme === 'http')!;
  const bad = new Lines(site.lines.lines.with(at + 1, `        proxy_pass http://127.0.0.1:${other.port}; # here`));
  return { label: path, good: site.lines, bad, told: { 'application-backend': '# here' } };
}

function wrongPort(site: Site, { port }: Of<'wrong-port'>): Variant {
  const pass = `        proxy_pass http://127.0.0.1:${port};`;
  const bad = site.lines.replace(new RegExp(`^${site.pass}$`), pass);
  return { label: `${port}`, good: site.lines, bad, told: { 'application-backend': pass } };
}

function wellKnown(site: Site, path: string, { scheme }: Of<'well-known'>): Variant {
  const rule = 'application-well-known';
  const common = { label: path, good: site.lines };
  if (scheme === 'http') {
    const start = site.lines.lines.findIndex((line) => line.includes('location /.well-known'));
    return { ...common, bad: new Lines(site.lines.lines.toSpliced(start, 4)), told: { [rule]: 'return 301' } };
  }
  const bad = site.lines.before(site.location, `    location ${path} {`, '        return 404;', '    }');
  return { ...common, bad, told: { [rule]: `location ${path} {` } };
}
