import { expect, test } from 'vitest';
import { ComposeError, readCompose, type Host } from '../../src/topology/compose.ts';
import { isComposeFile, projectFiles } from '../../src/topology/compose-names.ts';
import { canReach, unnamedMachine } from '../../src/topology/machine.ts';
import { mapOf } from '../../src/topology/map.ts';
import { Topology } from '../../src/topology/topology.ts';
import { nginxWith, topologyOf } from './members.ts';

const text = `
x-common: &common
  restart: always
services:
  web:
    <<: *common
    image: nginx
    ports: ["8080:80", "127.0.0.1:8443:443/tcp", 9000, "5353:53/udp"]
    volumes: ["./nginx/nginx.conf:/etc/nginx/nginx.conf:ro", "data:/data"]
    networks: [outer, inner]
  app:
    container_name: App-1
    hostname: app.local
    volumes:
      - { type: bind, source: ../httpd, target: /usr/local/apache2/conf }
    ports:
      - { target: 3000, published: "3001", protocol: tcp }
    networks:
      inner: { aliases: [backend], ipv4_address: 172.20.0.5 }
  agent:
    network_mode: host
    volumes: ["/etc/sslh/sslh.cfg:/etc/sslh.cfg"]
  alone: {}
`;

function read(written: string) {
  const host: Host = { ...unnamedMachine(), forwards: new Map() };
  return { host, ...readCompose([{ path: 'compose.yml', text: written }], '/srv/site', host) };
}

function forwardsOf({ forwards }: Host) {
  return [...forwards].flatMap(([outside, all]) =>
    all.map(({ machine, port, address }) => [outside, machine.name, port, address]),
  );
}

test('names, mounts, networks and ports', () => {
  const { host, containers } = read(text);
  const [web, app, agent, alone] = ['web', 'app', 'agent', 'alone'].map((name) => containers.get(name)!);
  expect(web!.mounts).toEqual(['/srv/site/nginx/nginx.conf']);
  expect(app!.mounts).toEqual(['/srv/httpd']);
  expect([...app!.machine.names]).toEqual(['app', 'app-1', 'app.local', 'backend', '172.20.0.5']);
  expect(agent!.machine).toBe(host);
  expect(forwardsOf(host)).toEqual([
    [8080, 'container web', 80, undefined],
    [8443, 'container web', 443, '127.0.0.1'],
    [3001, 'container app', 3000, undefined],
  ]);
  expect(canReach(web!.machine, app!.machine)).toBe(true);
  expect(canReach(alone!.machine, app!.machine)).toBe(false);
});

test.each([
  ['services: [', /^compose\.yml:\d+: /],
  ['version: "3"', /no "services"/],
  ['just text', /no "services"/],
  [
    'a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c]',
    /cannot be read/,
  ],
])('%j is refused with its place', (written, message) => {
  expect(() => read(written)).toThrow(ComposeError);
  expect(() => read(written)).toThrow(message);
});

test.each([
  ['compose.yml', true],
  ['a/docker-compose.prod.yaml', true],
  ['docker-compose.override.yml', true],
  ['compose.conf', false],
  ['my-decompose.yml', false],
])('%s is a compose file: %s', (path, expected) => {
  expect(isComposeFile(path)).toBe(expected);
});

test.each([
  ['"3000-3002:4000-4002"', [3000, 3001, 3002], [4000, 4001, 4002]],
  ['{ target: 80, published: "8080", host_ip: 127.0.0.1 }', [8080], [80]],
  ['"[::1]:8080:80"', [8080], [80]],
  ['"8080-8090:80"', [], []],
  ['"3000"', [], []],
  ['"${PORT}:80"', [], []],
  ['"53:53/udp"', [], []],
])('the port %s', (port, outside, inside) => {
  const forwards = forwardsOf(read(`services: { web: { ports: [${port}] } }`).host);
  expect(forwards.map((each) => each[0])).toEqual(outside);
  expect(forwards.map((each) => each[2])).toEqual(inside);
});

test('a port at one address of the machine, and at all', () => {
  const { host } = read('services: { web: { ports: ["127.0.0.1:8080:80", "0.0.0.0:8081:81"] } }');
  expect(forwardsOf(host).map((each) => each[3])).toEqual(['127.0.0.1', undefined]);
});

test('networks are those of the project, unless they have a name that others share', () => {
  const networks = (text: string): string[] => [...read(text).containers.get('web')!.machine.networks!];
  expect(networks('services: { web: {} }')).toEqual(['/srv/site default']);
  expect(networks('name: shop\nservices: { web: { networks: [a] } }')).toEqual(['shop a']);
  expect(
    networks(
      'services: { web: { networks: [a, b, c] } }\nnetworks: { a: { external: true }, b: { name: x }, c: { external: { name: y } } }',
    ),
  ).toEqual(['a', 'x', 'y']);
  expect(networks('services: { web: { network_mode: none } }')).toEqual([]);
});

test('aliases, links, names of the host and a network that is shared with another service', () => {
  const { host, containers } = read(`services:
  web: { network_mode: "service:vpn", volumes: ["./n.conf:/etc/nginx/nginx.conf"] }
  vpn: { extra_hosts: ["outer:host-gateway"], links: ["db:database"] }
  db: { expose: ["5432"] }
`);
  const [web, vpn, db] = ['web', 'vpn', 'db'].map((name) => containers.get(name)!.machine);
  expect(web).toBe(vpn);
  expect([...vpn!.aliases!]).toEqual([
    ['database', db],
    ['outer', host],
  ]);
  expect([...db!.opens!]).toEqual([5432]);
});

test('a later file adds and overrides, and services extend each other', () => {
  const host: Host = { ...unnamedMachine(), forwards: new Map() };
  const base =
    'services: { web: { container_name: a, ports: ["80:80"], networks: [x] }, app: { extends: { service: web }, ports: ["81:80"] } }';
  const override = 'services: { web: { container_name: b, ports: ["443:443"], networks: { y: { aliases: [www] } } } }';
  const texts = [base, override].map((each) => ({ path: 'compose.yaml', text: each }));
  const { containers } = readCompose(texts, '/s', host);
  const { machine } = containers.get('web')!;
  expect([...machine.networks!]).toEqual(['/s x', '/s y']);
  expect([...machine.names]).toEqual(['web', 'b', 'www']);
  expect(forwardsOf(host).map((each) => each.slice(0, 3))).toEqual([
    [80, 'container web', 80],
    [80, 'container app', 80],
    [443, 'container web', 443],
    [81, 'container app', 80],
  ]);
});

test('a service of a profile takes no port of one that always runs', () => {
  const { host } = read(
    'services: { web: { ports: ["80:80"] }, debug: { profiles: [dev], ports: ["80:8080", "81:8080"] } }',
  );
  expect(forwardsOf(host).map((each) => each.slice(0, 2))).toEqual([
    [80, 'container web'],
    [81, 'container debug'],
  ]);
});

test.each([
  [
    ['compose.prod.yml', 'compose.yaml', 'compose.override.yaml', 'docker-compose.yml'],
    [['compose.yaml', 'compose.override.yaml']],
  ],
  [
    ['docker-compose.dev.yml', 'docker-compose.prod.yml'],
    [['docker-compose.dev.yml'], ['docker-compose.prod.yml']],
  ],
  [['a/docker-compose.yml'], [['a/docker-compose.yml']]],
])('of %j one project is made', (names, expected) => {
  const files = names.map((path) => ({ path }));
  expect(projectFiles(files).map((project) => project.map(({ path }) => path))).toEqual(expected);
});

test('files that are named make one project, in the order of their names', () => {
  const files = ['compose.prod.yml', 'compose.yaml'].map((path) => ({ path, named: true }));
  expect(projectFiles(files).map((project) => project.map(({ path }) => path))).toEqual([
    ['compose.yaml', 'compose.prod.yml'],
  ]);
});

const proxy = (target: string): string => nginxWith(`server { listen 80; location / { proxy_pass ${target}; } }`);

test.each([
  [
    'no network in common',
    'http://db:3000',
    /^"db" cannot be reached from front\.nginx: .* have no network in common\.$/,
  ],
  [
    'the port of the machine around',
    'http://app:8080',
    /the port that is published on the machine around; .* it is 3000\.$/,
  ],
  ['the port inside', 'http://app:3000', undefined],
  ['another name', 'http://elsewhere:3000', undefined],
  ['a published port that is open inside, too', 'http://app:9000', undefined],
])('from a container: %s', (_, target, expected) => {
  const { containers } = read(`services:
  web: { networks: [outer] }
  app: { networks: [outer, inner], ports: ["8080:3000", "9000:9001"], expose: [9000] }
  db: { networks: [inner] }
`);
  const machines = [...containers.values()].map(({ machine }) => machine);
  const { members } = topologyOf({ 'front.nginx': proxy(target) }, { 'front.nginx': machines[0]! });
  const { problems } = mapOf(new Topology(members, true, machines));
  expect(problems.map(({ text: told }) => told)).toEqual(expected ? [expect.stringMatching(expected)] : []);
});
