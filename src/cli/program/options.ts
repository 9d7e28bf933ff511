/** Options that several commands have. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { confidences, lintDefaults, severities } from '../options.ts';
import { isSetName, setNames, type SetName } from '../../config/sets.ts';
import { dialects } from '../../syntax/tree.ts';

export function failOn(): Option {
  return new Option('--fail-on <severity>', 'exit with 1 from this severity on')
    .choices([...severities, 'never'])
    .default(lintDefaults.failOn);
}

export function addPluginOptions(command: Command): Command {
  return command
    .option('--config <file>', 'use this config file instead of searching for one')
    .option('--no-config', 'use no config file')
    .option('--no-plugins', 'refuse a config file that loads plugins');
}

export function addReadOptions(command: Command): void {
  addPluginOptions(command).addOption(
    new Option('--type <dialect>', 'the dialect, instead of telling it by the content').choices(dialects),
  );
  addTargetOption(command)
    .option('--root <dir>', 'prefix for absolute include paths')
    .option('--include-root <dir>', 'read includes below this directory too (repeatable)', append, [])
    .option('--no-gitignore', 'find in directories also what git ignores')
    .option('--stdin-filename <path>', 'name for standard input', lintDefaults.stdinFilename);
  addColorOptions(command);
}

/** Which rules run. */
export function addRuleOptions(command: Command): Command {
  return addProfileOption(command, 'add the rules of a profile (repeatable)')
    .option('--rule <id=severity>', 'set the severity of a rule, or "off" (repeatable)', collect, [])
    .option('--only <id>', 'run only this rule (repeatable)', collect, [])
    .option('--skip <id>', 'do not run this rule (repeatable)', collect, [])
    .addOption(new Option('--min-confidence <level>', 'leave out findings with less confidence').choices(confidences))
    .option('--no-suppressions', 'report what comments silence, too');
}

export function addProfileOption(command: Command, description: string): Command {
  return command.addOption(
    new Option('--profile <name>', description).choices(setNames).argParser(collectSets).default([]),
  );
}

export function addTargetOption(command: Command): Command {
  return command.option(
    '--target <server=version>',
    'the version it is meant for, as in nginx=1.22 (repeatable)',
    collect,
    [],
  );
}

export function addColorOptions(command: Command): Command {
  return command
    .option('--color', 'color the output even if it is no terminal')
    .option('--no-color', 'never color the output');
}

/** Headers may hold commas. */
export function append(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

export function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, ...value.split(',')];
}

function collectSets(value: string, previous: readonly SetName[]): SetName[] {
  if (!isSetName(value)) throw new InvalidArgumentError(`Allowed choices are ${setNames.join(', ')}.`);
  return [...previous, value];
}
