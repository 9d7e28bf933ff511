/** The commands that read and rewrite texts. */
import { type Command, Option } from 'commander';
import { lintDefaults, type FmtCommandOptions, type LintCommandOptions, type MergeCommandOptions } from '../options.ts';
import { formats } from '../../formatters/index.ts';
import { dialects } from '../../syntax/tree.ts';
import { failOn, addPluginOptions, addReadOptions, append, addRuleOptions } from './options.ts';

export function addLintCommand(program: Command): void {
  program
    .argument(
      '[paths...]',
      'files, directories, globs, Markdown documents, "-" for standard input; none: the installed servers',
    )
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default(lintDefaults.format))
    .addOption(failOn())
    .option('--fix', 'apply the fixes that keep the behaviour')
    .option('--fix-unsafe', 'apply all fixes, also those that may change the behaviour')
    .option('--fix-dry-run', 'print what --fix (with --fix-unsafe: all fixes) would change, as a unified diff')
    .option('--ignore-unknown', 'skip named files that are no config, instead of refusing them')
    .option('--quiet', 'print errors only; what is not printed does not count for the exit status either')
    .option('--all-findings', 'print every finding, however often it repeats in a file')
    .option('--compact', 'a line a finding, without code and reasons (pretty)')
    .option('--statistics', 'how often each rule has findings, instead of the findings (pretty, json)')
    .option('--timings', 'what takes the time, by phase and by rule (json: in the document; else on standard error)')
    .option('--max-warnings <n>', 'exit with 1 if there are more warnings, and with 0 if there are not and no errors')
    .option('--baseline <file>', 'report only what this file does not know')
    .option('--update-baseline', 'write what is found into the file of --baseline')
    .option('--diff-base <revision>', 'report only what the changes since this git revision concern')
    .option('--output-file <file>', 'write the findings to a file')
    .option(
      '--report <format=file>',
      'write the findings to a file in a format of its own, too (repeatable)',
      append,
      [],
    )
    .option('--cache', 'keep results in a file, and lint again only what has changed')
    .option('--cache-location <file>', 'the file for --cache, or a directory for it (default: ".proxylintcache")')
    .option('--shard <index/count>', 'lint one of so many parts, for "merge" to put together')
    .action(async (paths: string[], options: LintCommandOptions) => {
      const { lintCommand } = await import('../commands/lint.ts');
      process.exitCode = await lintCommand(paths, options);
    });
  addRuleOptions(program);
  addReadOptions(program);
}

export function addFmtCommand(program: Command): void {
  const command = program
    .command('fmt')
    .description('lay out configs: indentation, blank lines, white space at the ends of lines')
    .argument('<paths...>', 'files, directories, globs, documents, "-" for standard input')
    .option('--check', 'write nothing; list the files that would change, and exit with 1 if there are any')
    .option('--diff', 'write nothing; print what would change as a unified diff, and exit with 1 if it is anything')
    .option('--range <start:end>', 'lay out only these lines, counted from 1, of the one file')
    .option('--ignore-unknown', 'skip named files that are no config, instead of refusing them')
    .option('--output-file <file>', 'write to a file what would go to standard output')
    .addOption(new Option('--type <dialect>', 'the dialect, instead of telling it by the content').choices(dialects))
    .option('--no-gitignore', 'find in directories also what git ignores')
    .option('--stdin-filename <path>', 'name for standard input', lintDefaults.stdinFilename)
    .action(async (paths: string[], options: FmtCommandOptions) => {
      const { fmtCommand } = await import('../commands/fmt.ts');
      process.exitCode = await fmtCommand(paths, options);
    });
  addPluginOptions(command);
}

export function addMergeCommand(program: Command): void {
  program
    .command('merge')
    .description('join what shards found into one result')
    .argument('<results...>', 'what each shard wrote with --format json, or with --format sarif')
    .addOption(failOn())
    .option('--output-file <file>', 'write to a file')
    .action(async (paths: string[], options: MergeCommandOptions) => {
      const { mergeCommand } = await import('../commands/merge.ts');
      process.exitCode = await mergeCommand(paths, options);
    });
}
