/** `man/proxylint.1`, from the commands and options as they are declared. */
import { readFileSync } from 'node:fs';
import type { Command, Option } from 'commander';
import { createProgram } from '../../src/cli/program/program.ts';

export function manPage(): string {
  const program = createProgram();
  const commands = program.commands.filter((command) => command.name() !== 'help');
  const lines = [
    '.\\" Written by scripts/gen/man-page.ts.',
    `.TH PROXYLINT 1 "" "proxylint ${program.version()}" "User Commands"`,
    '.SH NAME',
    `proxylint \\- ${text(nameLine(program))}`,
    '.SH SYNOPSIS',
    ...synopsis('proxylint', program),
    ...commands.flatMap((command) => ['.br', ...synopsis(`proxylint ${command.name()}`, command)]),
    '.SH DESCRIPTION',
    'Without a command, the configurations that the paths name are linted:',
    `${text(program.registeredArguments[0]!.description)}.`,
    '.SH OPTIONS',
    ...optionsOf(program),
    '.SH COMMANDS',
    ...commands.flatMap(commandSection),
    '.SH EXIT STATUS',
    ...exitStatus().flatMap(([status, meaning]) => ['.TP', `.B ${status}`, text(meaning)]),
    '.SH ENVIRONMENT',
    '.TP',
    '.BR NO_COLOR ", " FORCE_COLOR',
    'Whether the output has colours, where no option says so.',
    '.TP',
    '.B PROXYLINT_DEBUG',
    'Set, the places in the program where failures happened are shown.',
    '.SH FILES',
    '.TP',
    '.I proxylint.json',
    'The configuration, beside the files to lint or in a directory above.',
    '.SH SEE ALSO',
    '.BR nginx (8),',
    '.BR apache2 (8),',
    '.BR sslh (8)',
    '.PP',
    'https://github.com/proxylint/proxylint',
  ];
  return `${lines.join('\n')}\n`;
}

function nameLine(program: Command): string {
  return program
    .description()
    .replace(/^Lints /, 'lint ')
    .replace(/\.$/, '');
}

function synopsis(name: string, command: Command): string[] {
  const usage = command
    .usage()
    .split(' ')
    .filter((word) => word !== '[command]');
  return [`.B ${text(name)}`, text(usage.join(' '))];
}

function commandSection(command: Command): string[] {
  const described = command.registeredArguments.filter(({ description }) => description !== '');
  return [
    `.SS ${text(command.name())}`,
    `${text(sentence(command.description()))}`,
    ...described.flatMap((argument) => [
      '.TP',
      `.I ${text(argument.name())}`,
      text(sentence(argument.description)),
      ...choicesOf(argument.argChoices),
    ]),
    ...optionsOf(command),
  ];
}

function optionsOf(command: Command): string[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => command.parent === null || long !== '--help')
    .flatMap((option) => [
      '.TP',
      `.B ${text(option.flags)}`,
      text(sentence(option.description)),
      ...choicesOf(option.argChoices),
      ...defaultOf(option),
    ]);
}

function choicesOf(choices: readonly string[] | undefined): string[] {
  return choices ? [text(`One of ${choices.join(', ')}.`)] : [];
}

function defaultOf({ defaultValue, negate }: Option): string[] {
  return typeof defaultValue === 'string' && !negate ? [text(`The default is ${defaultValue}.`)] : [];
}

/** The table of the README. */
function exitStatus(): [status: string, meaning: string][] {
  const rows = /\| status \| meaning \|\n\|[^\n]*\n((?:\|[^\n]*\n)+)/.exec(readFileSync('README.md', 'utf8'))![1]!;
  return rows
    .trimEnd()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, status, meaning]) => [status!, sentence(meaning!.replaceAll('`', ''))]);
}

function sentence(words: string): string {
  return words.replace(/^[a-z]/, (letter) => letter.toUpperCase()) + (/[.?!]$/.test(words) ? '' : '.');
}

/** Text that is no request to roff; its hyphens are those of options. */
function text(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
