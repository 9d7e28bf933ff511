import { expect, test } from 'vitest';
import { ComposeError, readCompose, type Host } from '../../src/topology/compose.ts';
import { isComposeFile } from '../../src/topology/compose-names.ts';
import { canReach, unnamedMachine } from '../../src/topology/machine.ts';

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
  return { host, ...readCompose('compose.yml', written, '/srv/site', host) };
}

test('names, mounts, networks and ports', () => {
  const { host, containers } = read(text);
  const [web, app, agent, alone] = ['web', 'app', 'agent', 'alone'].map((name) => containers.get(name)!);
  expect(web!.mounts).toEqual(['/srv/site/nginx/nginx.conf']);
  expect(app!.mounts).toEqual(['/srv/httpd']);
  expect([...app!.machine.names]).toEqual(['app', 'app-1', 'app.local', 'backend', '172.20.0.5']);
  expect(agent!.machine).toBe(host);
  expect([...host.forwards].map(([port, forward]) => [port, forward.machine.name, forward.port])).toEqual([
    [8080, 'container web', 80],
    [8443, 'container web', 443],
    [3001, 'container app', 3000],
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
