import { expect, test } from 'vitest';
import { parseApache } from '../../src/parsers/apache/parse.ts';
import { parseNginx } from '../../src/parsers/nginx/parse.ts';
import { parseSslh } from '../../src/parsers/sslh/parse.ts';
import type { Parse } from '../../src/syntax/tree.ts';
import { parseText } from '../helpers/tree.ts';

const signsAndTexts = (parse: Parse, text: string): string[][] =>
  parseText(parse, text).comments.map((comment) => [comment.sign, comment.text]);

test('comments carry their sign and their text', () => {
  expect(signsAndTexts(parseNginx, '# one\r\nworker_processes 1; ## two # three\n#')).toEqual([
    ['#', ' one'],
    ['##', ' two # three'],
    ['#', ''],
  ]);
  expect(signsAndTexts(parseApache, '# one \\\n two\n#/three')).toEqual([
    ['#', ' one \\\n two'],
    ['#', '/three'],
  ]);
  expect(signsAndTexts(parseSslh, 'a: 1; // one\n# two\n/* three\n*/ b: 2; /* open /')).toEqual([
    ['//', ' one'],
    ['#', ' two'],
    ['/*', ' three\n'],
    ['/*', ' open /'],
  ]);
});
