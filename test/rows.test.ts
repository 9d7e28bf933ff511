/** Rows are found by a search of the text at first, and by an index later: both must find the same. */
import { expect, test } from 'vitest';
import { Rows } from '../src/text/rows.ts';

const text = 'Listen\t1\nroot\t2\nlisten\t3\na\t\nlong row\twith\ttabs\nend\t4';
const expected = {
  listen: ['Listen\t1', 'listen\t3'],
  root: ['root\t2'],
  a: ['a\t'],
  'long row': ['long row\twith\ttabs'],
  end: ['end\t4'],
  Listen: [],
  oot: [],
  tabs: [],
  '': [],
  'listen\t3\na': [],
  'long row\twith': [],
};

test.each([0, 1000])('rows by their keys, after %i searches', (searches) => {
  const rows = new Rows(text, (written) => written.toLowerCase());
  for (let search = 0; search < searches; search++) rows.of('root');
  for (const [key, found] of Object.entries(expected)) expect(rows.of(key), key).toEqual(found);
});

test('keys', () => expect([...new Rows(text).keys()]).toEqual(['Listen', 'root', 'listen', 'a', 'long row', 'end']));
