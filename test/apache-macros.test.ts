/** Bodies of macros are judged where they are used, as `mod_macro` reads them. */
import { expect, test } from 'vitest';
import { lintText } from '../src/lint/text.ts';
import { cpuTimeOf } from './helpers/cpu-time.ts';

const errors = async (text: string): Promise<string[]> =>
  (await lintText(text, { path: 'httpd.conf' })).findings
    .filter(({ severity, category }) => severity === 'error' && category === 'syntax')
    .map(({ rule, place, related }) => {
      const line = place.file.positionAt(place.start).line;
      return [line, rule, ...related.map((each) => each.place.file.positionAt(each.place.start).line)].join(' ');
    });

test.each([
  ['a misspelled directive', '<Macro V $a>\nDocumentRoott $a\n</Macro>\nUse V x\n', ['2 unknown-directive 4']],
  ['one that is used nowhere', '<Macro V $a>\nDocumentRoott $a\n</Macro>\n', []],
  [
    'a value that is wrong',
    '<Macro V $a>\nKeepAliveTimeout $a\n</Macro>\nUse V 30\nUse V soon\n',
    ['2 invalid-value 5'],
  ],
  ['an argument of two words', '<Macro V $a>\nServerAdmin $a\n</Macro>\nUse V "a b"\n', ['2 directive-arguments 4']],
  ['the same in quotes', '<Macro V $a>\nServerAdmin "$a"\n</Macro>\nUse V "a b"\n', []],
  ['a name that is made', '<Macro V name>\nServername b\n</Macro>\nUse V x\n', ['2 unknown-directive 4']],
  [
    'the place of its use',
    '<Macro V>\nServerAdmin a\n</Macro>\n<Directory />\nUse V\n</Directory>\n',
    ['2 directive-context 5'],
  ],
  [
    'one within another',
    '<Macro A $x>\nKeepAliveTimeout $x\n</Macro>\n<Macro B $y>\nUse A $y\n</Macro>\nUse B z\n',
    ['2 invalid-value 7'],
  ],
  ['itself', '<Macro V>\nUse V\n</Macro>\nUse V\n', ['2 invalid-value 4']],
  ['itself by another', '<Macro A>\nUse B\n</Macro>\n<Macro B>\nUse A\n</Macro>\nUse A\n', ['5 invalid-value 7']],
  ['no name', '<Macro>\nErrorLog x\n</Macro>\n', ['1 invalid-value']],
  ['a parameter twice', '<Macro V $a $a>\nErrorLog $a\n</Macro>\n', ['1 invalid-value']],
  ['arguments that are missing', '<Macro V $a>\nErrorLog $a\n</Macro>\nUse V\n', ['4 invalid-value']],
])('%s', async (_, text, expected) => {
  expect(await errors(text)).toEqual(expected);
});

test('macros that multiply are read within bounds', async () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `<Macro M${level + 1}>\n${`Use M${level}\n`.repeat(10)}</Macro>\n`,
  );
  const text = `<Macro M0>\nTimeout 30\n</Macro>\n${levels.join('')}Use M12\n`;
  expect(await cpuTimeOf(async () => errors(text))).toBeLessThan(3000);
});

test('rules see a virtual host of a macro at its use, and change no parameter', async () => {
  const text = `<Macro Host $name $protocol>
<VirtualHost *:443>
ServerName $name
SSLEngine on
SSLProtocol $protocol
SSLCipherSuite "HIGH"
</VirtualHost>
</Macro>
Use Host a.example.org "TLSv1.2 TLSv1.3"
Use Host b.example.org "all -SSLv3"
`;
  const { findings } = await lintText(text, { path: 'httpd.conf' });
  const weak = findings.filter(({ rule }) => rule === 'weak-tls-protocol');
  expect(weak.map(({ place, message, fix }) => [place.file.text.slice(place.start, place.end), message, fix])).toEqual([
    ['$protocol', expect.stringContaining('"SSLProtocol" enables TLSv1'), undefined],
  ]);
});
