/** Each directive and its effect on the answers of `trace`: the lists are complete, and hold no name that nobody knows. */
import { expect, test } from 'vitest';
import { nginxDirectiveNames, nginxDirectives } from '../src/facts/nginx/index.ts';
import { influenceOf, isListed, listedNames } from '../src/trace/nginx/directives.ts';
import { isHttpContext } from '../src/trace/nginx/undecided.ts';

test('the lists name every directive of nginx that acts on HTTP', () => {
  const ofNginx = [...nginxDirectiveNames()].filter((name) =>
    nginxDirectives(name).some(({ origin, contexts }) => origin !== 'third-party' && contexts.some(isHttpContext)),
  );
  expect(ofNginx.length).toBeGreaterThan(600);
  expect(ofNginx.filter((name) => !isListed(name))).toEqual([]);
});

test('each name stands in one list, and somebody knows it', () => {
  const names = listedNames();
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names.filter((name) => nginxDirectives(name).length === 0)).toEqual([]);
});

test('what no list names is not decided', () => {
  expect(influenceOf('modsecurity')).toBe('request');
  expect(influenceOf('no_such_directive')).toBe('request');
});
