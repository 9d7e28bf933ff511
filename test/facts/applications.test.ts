/** The contracts of applications hold together: what they refer to exists, and each name and range can be read. */
import { expect, test } from 'vitest';

import { applications } from '../../src/facts/applications/catalogue.gen.ts';
import { hintsOfName, hintsOfPath, hintsOfPort, tellingMentions } from '../../src/facts/applications/names.ts';
import { readApplication, readSettings } from '../../src/facts/applications/told.ts';
import { describeRange, holdsFor } from '../../src/facts/applications/versions.ts';

const needs = applications.flatMap((application) => application.needs.map((need) => ({ application, need })));

test('ids are names of files, and each once', () => {
  const ids = applications.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(100);
});

test.each(applications.map((application) => [application.id, application] as const))('%s', (_, application) => {
  const { names, needs, sources, ports } = application;
  for (const word of [...names.telling, ...(names.usual ?? []), ...(names.common ?? [])])
    expect(word).toMatch(/^[a-z0-9]+$/);
  for (const { port } of ports) expect(port).toBeGreaterThan(0);
  for (const need of needs) {
    expect(need.fact, need.fact).toMatch(/[.)]$/);
    // What was read names where; what was not says so.
    expect(need.sources.length > 0, need.fact).toBe(need.proof !== 'recalled');
    for (const key of need.sources) expect(sources, need.fact).toHaveProperty([key]);
    if (need.proof === 'confirmed') expect(need.sources.length, need.fact).toBeGreaterThan(1);
    if (need.versions !== undefined) expect(describeRange(need.versions)).toMatch(/^(?:up to|before|from) \d/);
  }
});

test.each(needs.map(({ application, need }) => [application.id, need] as const))('paths of %s are paths', (_, need) => {
  const paths = [...('paths' in need ? (need.paths ?? []) : []), ...('path' in need ? [need.path] : [])];
  for (const path of paths) expect(path).toMatch(/^\/[^\s?#]*$/);
  if (need.about === 'raw-path') expect(need.path).toContain('%2F');
});

test.each([
  ['>=3.7.1', '3.7.1', 'yes'],
  ['>=3.7.1', '3.7', 'no'],
  ['<=3.8.1', '3.8.1', 'yes'],
  ['<3', '3', 'no'],
  ['>=1 <2', '1.8', 'yes'],
  ['>=1 <2', '2.0', 'no'],
  ['>=3.7.1', undefined, 'yes'],
  ['<=3.8.1', undefined, 'maybe'],
  [undefined, undefined, 'yes'],
] as const)('%s holds for %s: %s', (range, version, expected) => {
  expect(holdsFor(range, version?.split('.').map(Number))).toBe(expected);
});

test.each([
  ['jellyfin', 'jellyfin:3'],
  ['my-grafana_1', 'grafana:3'],
  ['grafana-loki', 'grafana:2'],
  ['uptime-kuma.conf', 'uptime-kuma:3'],
  ['grafana2', 'grafana:3'],
  ['grafana-backend', 'grafana:3'],
  ['registry', 'docker-registry:2'],
  ['cloud', ''],
  ['host-17', ''],
  ['aria2-with-webui', ''],
  ['calibre-web', 'calibre-web:3'],
  ['code-server', 'code-server:3'],
  // Names of other programs, and words of everybody.
  ['bitwarden', ''],
  ['calibre', ''],
  ['owncloud', ''],
  ['opensearch', ''],
  ['galaxy', ''],
  ['workbench', ''],
])('the name %s', (name, expected) => {
  const found = hintsOfName(name).filter(({ weight }) => weight > 1);
  expect(found.map(({ id, weight }) => `${id}:${weight}`).join(' ')).toContain(expected);
  if (expected === '') expect(found).toEqual([]);
});

test('a port alone is never enough', () => {
  for (const port of applications.flatMap(({ ports }) => ports.map((each) => each.port))) {
    for (const { weight } of hintsOfPort(port)) expect(weight).toBeLessThan(3);
  }
});

test('mentions', () => {
  expect(tellingMentions('JATOS with Nginx')).toEqual(['jatos']);
  expect(tellingMentions('Home Assistant behind a proxy')).toEqual(['home-assistant']);
  expect(tellingMentions('a chat server for the cloud')).toEqual([]);
  expect(tellingMentions('domains protected by Authelia')).toEqual([]);
  expect(tellingMentions('Grafana, protected by Authelia')).toEqual(['grafana']);
  expect(hintsOfPath('/_matrix/client').map(({ id }) => id)).toContain('synapse');
});

test.each([
  ['jatos', { id: 'jatos', version: undefined }],
  ['jupyterhub@4', { id: 'jupyterhub', version: [4] }],
  ['JATOS 3.8.1', { id: 'jatos', version: [3, 8, 1] }],
  ['Home Assistant', { id: 'home-assistant', version: undefined }],
  ['forgejo', { id: 'gitea', version: undefined }],
  ['jatoss', '"jatoss" is no application that is known; did you mean "jatos"?'],
  ['jatos@latest', '"jatos@latest" is no application that is known; docs/applications/README.md lists those that are'],
  ['jatos 3.x', '"3.x" is no version; write one such as "jatos@3.8.1"'],
])('%s', (text, expected) => {
  expect(readApplication(text)).toEqual(expected);
});

test('what the config file says', () => {
  const { settings, mistakes } = readSettings({
    'hub.example.org': 'jupyterhub@4',
    'a b': 'jatos',
    'http://127.0.0.1:9000': 'nextclowd',
  });
  expect(settings).toEqual([{ of: 'hub.example.org', id: 'jupyterhub', version: [4] }]);
  expect(mistakes.map(({ key }) => key)).toEqual(['a b', 'http://127.0.0.1:9000']);
  expect(mistakes[1]!.text).toContain('did you mean "nextcloud"?');
});
