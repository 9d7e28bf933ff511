/** One item of a contract broken for httpd. */
import { apacheExample } from '../../scripts/gen/application-examples/apache.ts';
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
export function breakForApache(application: Application, need: Need): Variant[] {
  const version = versionFor(need);
  const base = baseFor(need);
  const example = (port = 443): Lines => Lines.of(apacheExample(application, { version, base, port }));
  const site = new Site(example(), base);
  switch (need.about) {
    case 'websocket':
      return sockets(site, need);
    case 'headers':
      return Object.entries(need.values).flatMap(([name, value]) =>
        headers(site, need, { name, value }, new Site(example(8443), base)),
      );
    case 'timeout':
      return need.paths.map((path) => timeout(site, need, path));
    case 'raw-path':
      return rawPath(site, need);
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
    case 'body-size':
    case 'buffering':
    case 'header-buffer':
    case 'not-needed':
    case 'note':
      return [];
  }
}

/** The example with its main ProxyPass. */
class Site {
  readonly lines: Lines;
  readonly main: RegExp;
  readonly pass: string;
  readonly firstPass: string;
  /** Where the application is, without the slash at its end. */
  readonly target: string;

  constructor(lines: Lines, base: string) {
    this.lines = lines;
    this.main = new RegExp(`^ {4}ProxyPass ${base}/ `);
    this.pass = lines.lines.find((line) => this.main.test(line) && !line.includes('.well-known'))!;
    this.target = /http\S+/.exec(this.pass)![0].slice(0, -1);
    const start = lines.lines.findLastIndex((line) => line.startsWith('<VirtualHost'));
    this.firstPass = lines.lines.find((line, index) => index > start && /ProxyPass \S+ http/.test(line))!;
  }

  /** Where requests with this path go to: the ProxyPass to another port may take them. */
  passFor(path: string): string {
    const taking = this.lines.lines.find((line) => {
      const [, prefix] = /^ {4}ProxyPass (\S+) http/.exec(line) ?? [];
      return (
        prefix !== undefined && line !== this.pass && path.startsWith(prefix) && !prefix.startsWith('/.well-known')
      );
    });
    return taking ?? this.pass;
  }

  /** With a ProxyPass for the path alone. */
  with(path: string, ...parameters: readonly string[]): { readonly bad: Lines; readonly line: string } {
    const [, prefix, target] = /^ {4}ProxyPass (\S+) (\S+)/.exec(this.passFor(path))!;
    const own = `${target}${path.slice(prefix!.length)}`;
    const line = `    ProxyPass ${path} ${own}${parameters.map((each) => ` ${each}`).join('')}`;
    return { bad: this.lines.before(asLine(this.firstPass), line), line };
  }
}

function asLine(text: string): RegExp {
  return new RegExp(`^${text.replace(/[^\w\s]/g, String.raw`\$&`)}$`);
}

/** A ProxyPass of its own for the path. */
function isWhole(site: Site, path: string): boolean {
  return site.passFor(path).startsWith(`    ProxyPass ${path} `);
}

function sockets(site: Site, { paths, protocol, strength }: Of<'websocket'>): Variant[] {
  if (strength === 'recommended') return [];
  const told = (at: string): Variant['told'] => ({ 'missing-websocket-upgrade': at, 'application-websocket': at });
  const other = site.lines.replace(/upgrade=any/, 'upgrade=websocket');
  return [
    ...paths.map((path) => {
      const pass = site.passFor(path).replace(/ upgrade=\w+/, '');
      const { bad, line } = isWhole(site, path)
        ? { bad: site.lines.replace(asLine(site.passFor(path)), pass), line: pass }
        : site.with(path);
      return { label: path, good: site.lines, bad, told: told(line) };
    }),
    ...(protocol ? [{ label: 'another protocol', good: site.lines, bad: other, told: told('upgrade=websocket') }] : []),
  ];
}

function headers(site: Site, need: Of<'headers'>, header: Header, elsewhere: Site): Variant[] {
  const { name, value } = header;
  if (need.strength === 'recommended' || value === 'absent' || !isJudged(need, header)) return [];
  const told = (at: string): Variant['told'] => ({ 'application-headers': at });
  const [path] = need.paths ?? [];
  const pass = path === undefined ? site.pass : site.passFor(path);
  if (value === 'backend') {
    const written = '    ProxyPreserveHost On';
    const bad = site.lines.before(asLine(site.firstPass), written);
    return name === 'Host' ? [{ label: name, good: site.lines, bad, told: told(pass) }] : [];
  }
  const names = removedWith(need, header);
  const gone = new RegExp(
    `RequestHeader set (?:${[...names].join('|')}) |${names.has('Host') ? 'ProxyPreserveHost' : '^$'}`,
  );
  // What mod_proxy sends by itself.
  const bare = names.has('X-Forwarded-For') || names.has('X-Forwarded-Host') ? ['    ProxyAddHeaders Off'] : [];
  const missing = {
    label: `no ${name}`,
    good: site.lines,
    bad: site.lines.without(gone).before(asLine(site.firstPass), ...bare),
    told: { ...told(pass), ...(genericRules[name] && { [genericRules[name]]: site.firstPass }) },
  };
  if (name !== 'Host' || value !== 'client') return [missing];
  const { lines } = elsewhere;
  const short = `    RequestHeader set Host ${/ServerName (\S+)/.exec(lines.text)![1]!}`;
  const others = new RegExp(`RequestHeader set (?:${(need.orBy?.['Host'] ?? []).join('|') || '$^'}) `);
  const bad = lines.without(others).before(asLine(site.firstPass), short, ...bare);
  return [missing, { label: 'Host without the port', good: lines, bad, told: told(short) }];
}

function timeout(site: Site, { least }: Of<'timeout'>, path: string): Variant {
  const rule = 'application-timeout';
  const limit = least > 60 ? [] : [`timeout=${least - 1}`];
  const pass = site.passFor(path);
  if (isWhole(site, path) && limit.length === 0) {
    const bare = pass.replace(/ timeout=\d+/, '');
    return { label: path, good: site.lines, bad: site.lines.replace(asLine(pass), bare), told: { [rule]: bare } };
  }
  const upgrade = / upgrade=\w+/.exec(pass)?.[0].trim();
  const { bad, line } = site.with(path, ...(upgrade === undefined ? [] : [upgrade]), ...limit);
  // An upgraded connection lives as long as the server waits for clients.
  const settings = limit.length > 0 ? [`    Timeout ${least - 1}`] : [];
  return { label: path, good: site.lines, bad: bad.before(asLine(line), ...settings), told: { [rule]: line } };
}

function rawPath(site: Site, { decodedToo }: Of<'raw-path'>): Variant[] {
  const rule = 'application-path';
  const setting = /AllowEncodedSlashes \w+/;
  const decoding = site.lines.replace(setting, 'AllowEncodedSlashes On').replace(/ nocanon/, '');
  return [
    { label: 'refused', good: site.lines, bad: site.lines.without(setting), told: { [rule]: site.pass } },
    ...(decodedToo
      ? []
      : [{ label: 'decoded', good: site.lines, bad: decoding, told: { [rule]: site.pass.replace(/ nocanon/, '') } }]),
  ];
}

function subPath(application: Application, { prefix }: Of<'sub-path'>, site: Site): Variant {
  const rule = 'application-path';
  const common = { label: prefix, good: site.lines };
  if (prefix === 'impossible') {
    const below = Lines.of(apacheExample(application, { base: '/base' }));
    return { ...common, bad: below, told: { [rule]: 'ProxyPass /base/ ' } };
  }
  const other =
    prefix === 'kept' ? site.pass.replace(/\/base\/( |$)(?!http)/, '/$1') : site.pass.replace(/:(\d+)\//, ':$1/base/');
  return { ...common, bad: site.lines.replace(asLine(site.pass), other), told: { [rule]: other } };
}

function exposed(site: Site, { paths, degree, when }: Of<'private'>): Variant {
  const common = { label: paths.join(' '), told: { 'application-exposure': site.pass } };
  if (degree === 'closed' && when === undefined) {
    const closed = new RegExp(`ProxyPass (?:${paths.join('|')}) !`);
    return { ...common, good: site.lines, bad: site.lines.without(closed) };
  }
  const guards = paths.flatMap((path) => [
    `    <Location ${path}>`,
    '        Require ip 192.0.2.0/24',
    '    </Location>',
  ]);
  return { ...common, good: site.lines.before(/<\/VirtualHost>/, ...guards), bad: site.lines, isPedantic: true };
}

function trusted(site: Site, names: readonly string[], name: string): Variant {
  const lines = site.lines.without(new RegExp(`RequestHeader set (?:${names.join('|')}) `));
  const taken = names.map((each) => `    RequestHeader unset ${each}`);
  const at = asLine(site.firstPass);
  const bad = lines.before(at, ...taken.filter((line) => !line.endsWith(` ${name}`)));
  return {
    label: name,
    good: lines.before(at, ...taken),
    bad,
    told: { 'application-headers': site.pass },
    isPedantic: true,
  };
}

function otherPort({ ports }: Application, site: Site, { port }: Of<'port'>, path: string): Variant {
  const pass = site.lines.lines.find((line) => line.startsWith(`    ProxyPass ${path} `))!;
  const other = ports.find((each) => each.port !== port && each.scheme === 'http')!;
  const line = pass.replace(`:${port}/`, `:${other.port}/`);
  return {
    label: path,
    good: site.lines,
    bad: site.lines.replace(asLine(pass), line),
    told: { 'application-backend': line },
  };
}

function wrongPort(site: Site, { port }: Of<'wrong-port'>): Variant {
  const line = site.pass.replace(/http\S+/, `http://127.0.0.1:${port}/`);
  const bad = site.lines.replace(asLine(site.pass), line);
  return { label: `${port}`, good: site.lines, bad, told: { 'application-backend': line } };
}

function wellKnown(site: Site, path: string, { scheme }: Of<'well-known'>): Variant {
  const rule = 'application-well-known';
  if (scheme === 'http') {
    const name = /ServerName (\S+)/.exec(site.lines.text)![1]!;
    const line = `    Redirect permanent / https://${name}/`;
    const bad = site.lines.without(/ProxyPass \/\.well-known/).replace(/^.*RedirectMatch permanent.*$/, line);
    return { label: path, good: site.lines, bad, told: { [rule]: line } };
  }
  const line = `    Redirect 404 ${path}`;
  return {
    label: path,
    good: site.lines,
    bad: site.lines.before(asLine(site.firstPass), `    ProxyPass ${path} !`, line),
    told: { [rule]: line },
  };
}
