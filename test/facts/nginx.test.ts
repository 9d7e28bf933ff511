import { describe, expect, test } from 'vitest';
import {
  inheritance,
  newestNginx,
  nginxDirectiveNames,
  nginxDirectives,
  nginxDirectivesIn,
  nginxVariable,
} from '../../src/servers/nginx/facts/index.ts';
import table from '../../src/servers/nginx/facts/table.json' with { type: 'json' };
import thirdPartyModules from '../../src/servers/nginx/facts/third-party.json' with { type: 'json' };

describe('directives', () => {
  test('carry contexts, counts, value and duplicate rule', () => {
    expect(nginxDirectives('client_max_body_size')).toMatchObject([
      {
        contexts: ['http', 'server', 'location'],
        counts: [1],
        block: false,
        value: { kind: 'offset' },
        duplicate: 'error',
      },
    ]);
    expect(nginxDirectives('server_name')[0]).toMatchObject({ counts: undefined, min: 1 });
    expect(nginxDirectives('upstream')[0]).toMatchObject({ block: true, duplicate: 'keyed-error' });
  });

  test('of one name in several modules are all there', () => {
    expect(nginxDirectives('server').map(({ contexts }) => contexts.join())).toEqual(
      expect.arrayContaining(['http', 'upstream', 'stream', 'stream-upstream', 'mail']),
    );
  });

  test('follow the version', () => {
    expect(nginxDirectives('ssl')[0]).toMatchObject({ until: '1.25.1', deprecated: { since: '1.15.0' } });
    expect(nginxDirectivesIn('ssl', [1, 25, 1])).toEqual([]);
    expect(nginxDirectivesIn('ssl', [1, 22, 1]).length).toBe(2);
    expect(nginxDirectivesIn('http2', [1, 25, 0])).toEqual([]);
    const values = (version: number[]): unknown => nginxDirectivesIn('proxy_http_version', version)[0]!.value;
    expect(values([1, 29, 3])).toEqual({ kind: 'enum', values: ['1.0', '1.1'] });
    expect(values([1, 29, 4])).toEqual({ kind: 'enum', values: ['1.0', '1.1', '2'] });
    expect(nginxDirectivesIn('keepalive', [1, 22])[0]!.counts).toEqual([1]);
    expect(nginxDirectivesIn('proxy_protocol', [1, 31, 3])[0]!.value.kind).toBe('flag');
  });

  test('tell how they are inherited, and in which group', () => {
    expect(inheritance('proxy_set_header')).toBe('list-replace');
    expect(inheritance('proxy_read_timeout')).toBe('scalar');
    expect(inheritance('proxy_pass')).toBe('not-inherited');
    expect(nginxDirectives('allow')[0]!.group).toEqual(['allow', 'deny']);
  });

  test('of other modules are known by name', () => {
    expect(nginxDirectives('more_set_headers')[0]).toMatchObject({
      origin: 'third-party',
      contexts: [],
      counts: undefined,
    });
    expect(nginxDirectives('health_check').every(({ origin }) => origin === 'plus')).toBe(true);
    expect(nginxDirectives('no_such_directive')).toEqual([]);
  });

  test('decode without loss of fields', () => {
    const incomplete = [...nginxDirectiveNames()]
      .flatMap((name) => nginxDirectives(name))
      .filter((d) => !d.value.kind || !d.duplicate || !d.inheritance || !d.module || Number.isNaN(d.min));
    expect(incomplete).toEqual([]);
  });
});

describe('variables', () => {
  test('are found by exact name, by prefix, by family', () => {
    expect(nginxVariable('host')).toMatchObject({ changeable: false, prefix: false });
    expect(nginxVariable('http_x_anything')).toMatchObject({ name: 'http_', prefix: true });
    expect(nginxVariable('proxy_host')).toMatchObject({ family: 'http' });
    expect(nginxVariable('ssl_preread_server_name', 'stream')).toMatchObject({ family: 'stream' });
    expect(nginxVariable('ssl_preread_server_name')).toBeUndefined();
    expect(nginxVariable('no_such_variable')).toBeUndefined();
  });
});

describe('table', () => {
  test('names its source, version and date, and stays small', () => {
    expect(table.source).toMatch(
      /^nginx\/nginx [0-9a-f]{8} \(nginx [\d.]+, \d{4}-\d\d-\d\d\); tags release-1\.0\.0\.\./,
    );
    expect(table.source).toContain(`(nginx ${newestNginx}, ${table.date})`);
    expect(JSON.stringify(table).length).toBeLessThan(200_000);
  });

  test('counts what the sources have', () => {
    const rows = table.directives.map((line) => line.split('\t'));
    const core = rows.filter(([, , origin]) => !origin);
    const removed = core.filter((row) => row[11]);
    expect({
      core: core.length,
      removed: removed.length,
      other: rows.length - core.length,
      variables: table.variables.length,
    }).toEqual({ core: 819, removed: 35, other: 171, variables: 268 });
    expect(new Set(rows.map(([name, module]) => `${name} ${module}`)).size).toBe(rows.length);
  });

  test('third-party names hide no definition of nginx itself', () => {
    const core = new Set(table.directives.filter((line) => !line.split('\t')[2]).map((line) => line.split('\t')[0]));
    const hidden = thirdPartyModules
      .flatMap(({ directives }) => directives.split(' '))
      .filter((name) => core.has(name));
    expect(hidden).toEqual([]);
  });

  test.each([
    'lua_package_path',
    'brotli',
    'geoip2',
    'vhost_traffic_status_zone',
    'rtmp',
    'modsecurity_rules_file',
    'BasicRule',
  ])('knows %s', (name) => expect(nginxDirectives(name)[0]!.origin).toBe('third-party'));
});
