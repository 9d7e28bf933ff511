/** Each directive and its effect on the answers of `trace`: the lists are complete, and hold no name that nobody knows. */
import { describe, expect, test } from 'vitest';
import { apacheDirective, apacheDirectiveNames } from '../src/servers/apache/facts/index.ts';
import { nginxDirectiveNames, nginxDirectives } from '../src/servers/nginx/facts/index.ts';
import { influenceOf as apacheInfluence, listedNames as apacheNames } from '../src/servers/apache/trace/directives.ts';
import { influenceOf as nginxInfluence, listedNames as nginxNames } from '../src/servers/nginx/trace/directives.ts';
import { isHttpContext } from '../src/servers/nginx/trace/undecided.ts';

const servers = [
  {
    server: 'nginx',
    table: { influenceOf: nginxInfluence, listedNames: nginxNames },
    names: [...nginxDirectiveNames()].filter((name) =>
      nginxDirectives(name).some(({ origin, contexts }) => origin !== 'third-party' && contexts.some(isHttpContext)),
    ),
    isKnown: (name: string) => nginxDirectives(name).length > 0,
    ofOthers: 'pagespeed',
  },
  {
    server: 'httpd',
    table: { influenceOf: apacheInfluence, listedNames: apacheNames },
    names: apacheDirectiveNames().map((name) => name.toLowerCase()),
    isKnown: (name: string) => apacheDirective(name) !== undefined,
    ofOthers: 'secruleengine',
  },
] as const;

describe.each(servers)('$server', ({ table, names, isKnown, ofOthers }) => {
  const listed = table.listedNames();

  test('the lists name every directive', () => {
    expect(names.length).toBeGreaterThan(600);
    const set = new Set(listed);
    expect(names.filter((name) => !set.has(name))).toEqual([]);
  });

  test('each name stands in one list, and somebody knows it', () => {
    expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
    expect(listed.filter((name) => !isKnown(name))).toEqual([]);
  });

  test('what no list names is not decided', () => {
    expect(table.influenceOf(ofOthers)).toBe('request');
    expect(table.influenceOf('no_such_directive')).toBe('request');
  });
});
