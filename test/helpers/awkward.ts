/** Findings that are hard to print, for every formatter: one set, so that none is forgotten. */
import type { ConfigEffect } from '../../src/config/effect.ts';
import type { Failure } from '../../src/lint/failure.ts';
import type { Finding } from '../../src/rules/finding.ts';
import type { Notice } from '../../src/text/budget.ts';
import type { Report } from '../../src/formatters/report.ts';
import { SourceFile, type Place } from '../../src/text/source.ts';
import { rules } from '../../src/rules/index.gen.ts';

const escape = '\u001B[31m';
const text = [
  'server {',
  `\tserver_name "${escape}\u009B1m\u202Eevil\u202C";\r`,
  '    ssl on; # 日本語 😀 x',
  `    return 200 "${'y'.repeat(400)}";`,
  '::error file=a.conf::injected',
  'return 200 "##[error]injected ##vso[task.setvariable]x";',
  '}',
].join('\n');
const config = new SourceFile('conf/odd, name:1%.conf', text);

const document = '# Title\n\n```shell\nssl on;\n```\n';
const block = new SourceFile('docs/guide.md', 'ssl on;\n', {
  path: 'docs/guide.md',
  text: document,
  offset: document.indexOf('ssl'),
  kind: 'document',
});

const dumpText = '# configuration file /etc/nginx/nginx.conf:\n\nevents {}\nssl on;\n';
const dumped = new SourceFile('/etc/nginx/nginx.conf', dumpText.slice(dumpText.indexOf('\nevents')), {
  path: 'dump.txt',
  text: dumpText,
  offset: dumpText.indexOf('\nevents'),
  kind: 'dump',
});

const empty = new SourceFile('empty.conf', '');

/** A file whose name is a command, and a line of it with one in two parts. */
const command = new SourceFile('::warning file=x::##[error]name\r\n.conf', 'root ##[error]here;\n');

export function placeOf(file: SourceFile, part: string): Place {
  const start = file.text.indexOf(part);
  return { file, start, end: start + part.length };
}

function finding(place: Place, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'unclosed-block',
    messageId: 'unclosed',
    category: 'syntax',
    severity: 'error',
    confidence: 'high',
    message: 'Plain.',
    why: 'Because.',
    how: 'Otherwise.',
    url: 'https://example.com/unclosed-block',
    dialect: 'nginx',
    place,
    related: [],
    ...more,
  };
}

export const awkward: readonly Finding[] = [
  finding(placeOf(config, 'server {'), {
    message: `Controls: ${escape}, \u009B, \u202E, line\nbreak, 100%, tab\t.`,
    related: [{ place: placeOf(config, 'ssl on'), message: 'here\r\n::warning::too' }],
    witness: "curl -H 'X: \u001B]0;title\u0007' http://example.com/",
  }),
  finding(placeOf(config, text.slice(text.indexOf('"'), text.indexOf('x', text.indexOf('😀')))), {
    severity: 'warning',
  }),
  finding(placeOf(config, 'x\n'), { severity: 'info', confidence: 'low' }),
  finding(
    { file: config, start: text.indexOf('";\n::error') - 3, end: text.indexOf('";\n::error') },
    { confidence: 'medium' },
  ),
  finding(placeOf(config, '::error file'), { rule: 'no-such-rule' }),
  finding({ file: config, start: text.length, end: text.length }),
  finding(placeOf(block, 'ssl on'), {
    fix: {
      safety: 'unsafe',
      title: 'Remove "ssl on"',
      edits: [
        { place: placeOf(block, ';'), text: '' },
        { place: placeOf(block, 'ssl on'), text: '\u001B' },
      ],
    },
  }),
  finding(placeOf(dumped, 'ssl on')),
  finding({ file: empty, start: 0, end: 0 }),
  finding(placeOf(empty, ''), { message: 'Plain.' }),
  finding(placeOf(config, '##[error]'), { message: '::error::in a message ##[error]x' }),
  finding(placeOf(command, '[error]'), {
    fix: { safety: 'safe', title: '##[error]fix', edits: [{ place: placeOf(command, 'root'), text: '##[error]' }] },
  }),
];

const message = `::error::thrown ##[error]x ${escape} \u009B \u202E`;
const failures: readonly Failure[] = [
  {
    rules: ['unclosed-block'],
    file: config,
    place: placeOf(config, 'ssl on'),
    dialect: 'nginx',
    message,
    stack: `Error: ${message}\n::error::stack\n    at x`,
  },
  { rules: ['a/x', 'b/y', 'c', 'd', 'e', 'f', 'g'], file: block, dialect: 'nginx', message },
  { rules: [], file: command, message },
];

const configs: readonly ConfigEffect[] = [
  { path: '::error::\u009B##[error]proxylint.json', off: ['a', 'b'], lowered: ['c'], options: [], ignored: 1 },
];

const notices: readonly Notice[] = [
  { kind: 'outside', path: '../x', message: `"${message}" was not read.`, place: placeOf(config, 'ssl on') },
  { kind: 'limit', path: command.path, message },
];

export const awkwardReport: Report = {
  version: '1.2.3',
  findings: awkward,
  files: 4,
  suppressed: 2,
  partial: [config],
  rules,
  failures,
  notices,
  notLinted: 1,
  omitted: [{ file: command.path, rule: 'unclosed-block', messageId: 'unclosed', severity: 'error', count: 1234 }],
  configs,
  hidden: 3,
  runtime: 'Node 20.19.0 on linux',
  debug: true,
};
