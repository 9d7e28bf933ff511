/** What `npm run gen` makes of the commands and options, as readers of man pages see it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createProgram } from '../src/cli/program/program.ts';
import { commandNames } from '../src/cli/options.ts';

const path = 'man/proxylint.1';
const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

test.runIf(isThere('man') && isThere('groff'))('man shows it without a warning, with every command and option', () => {
  const env = { ...process.env, MANWIDTH: '200', MAN_KEEP_FORMATTING: '', LC_ALL: 'C.UTF-8' };
  const run = spawnSync('man', ['--warnings', '--encoding=UTF-8', '-l', path], { env, encoding: 'utf8' });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  for (const name of commandNames) expect(run.stdout).toMatch(new RegExp(`^ +${name}$`, 'm'));
  const program = createProgram();
  for (const command of [program, ...program.commands])
    for (const { flags } of command.createHelp().visibleOptions(command))
      if (flags !== '-h, --help') expect(run.stdout).toContain(flags);
});

test.runIf(isThere('mandoc'))('mandoc has nothing against it', () => {
  const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', path], { encoding: 'utf8' });
  // The page is that of a version, not of a day.
  expect(stdout.split('\n').filter((line) => line !== '' && !line.includes('missing date'))).toEqual([]);
});

test('it is in the package', () => {
  const { man, files } = JSON.parse(readFileSync('package.json', 'utf8')) as { man: string; files: string[] };
  expect(man).toBe(path);
  expect(files).toContain('man');
});
