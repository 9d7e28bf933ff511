/**
 * Config text that would act somewhere is text in every format and command: one set of configs for all of them. A patch alone has the text as
 * it is, where no terminal shows it: it is applied.
 */
import { expect, test } from 'vitest';
import { formats } from '../../src/formatters/index.ts';
import { routesFormats, topologyFormats, traceFormats } from '../../src/cli/options.ts';
import { folder, runCli } from '../helpers/run-cli.ts';
import { hostile, hostileConfigs } from '../helpers/hostile.ts';

const { 'notes.md': _, ...servers } = hostileConfigs;
const paths = Object.keys(hostileConfigs);

const commands: readonly (readonly string[])[] = [
  ...formats.map((format) => ['--format', format, '--all-findings', ...paths]),
  ['--compact', ...paths],
  ['--color', ...paths],
  ['--statistics', ...paths],
  ...routesFormats.map((format) => ['routes', '--format', format, ...paths]),
  ...topologyFormats.map((format) => ['topology', '--format', format, ...Object.keys(servers)]),
  ...traceFormats.map((format) => ['trace', '--format', format, 'http://h0.example/x', ...paths]),
];

/** What the runners of workflows take for a command. */
const isCommand = (line: string): boolean => /^\s*::.*::/.test(line) || /##\w*\[/.test(line);
const own = /^::(?:error|warning|notice) file=[^:,]*(?:,|::)/;

test.each(commands.map((command) => [command.join(' '), command] as const))('%s', (_name, command) => {
  const cwd = folder(hostileConfigs);
  const { stdout, stderr, status } = runCli(command, { cwd });
  expect(stderr).not.toContain('internal error');
  expect([0, 1, 2]).toContain(status);
  expect(stdout.length).toBeGreaterThan(50);
  // oxlint-disable-next-line no-control-regex -- what chalk writes
  const plain = (stdout + stderr).replace(command.includes('--color') ? /\u001B\[\d+m/g : /$^/g, '');
  expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  const lines = plain.split('\n').filter((line) => !(command.includes('github') && own.test(line)));
  expect(lines.filter(isCommand)).toEqual([]);
  // Markup: what the text brings along is none.
  if (/ (?:html|svg|checkstyle|junit|markdown)\b/.test(command.join(' '))) {
    expect(plain).not.toContain(hostile.html);
    expect(plain).not.toContain(hostile.svg);
    expect(plain).not.toContain(hostile.script);
    expect(plain.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<[a-z][^>]* on[a-z]+=/i);
  }
  if (command.includes('markdown')) {
    expect(plain).not.toMatch(/\]\((?!https:\/\/github\.com\/proxylint\/)/);
    expect(plain).not.toMatch(/(?<!`[^`\n]*)@all/);
  }
});
