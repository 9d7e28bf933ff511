import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { ColorOptions } from './color.ts';
import { isSetName, setNames, type SetName } from '../config/sets.ts';
import { formats } from '../formatters/index.ts';
import {
  confidences,
  diffFormats,
  lintDefaults,
  severities,
  routesFormats,
  rulesFormats,
  testFormats,
  shells,
  topologyFormats,
  traceFormats,
  type ConfigCommandOptions,
  type DiffCommandOptions,
  type InitCommandOptions,
  type FmtCommandOptions,
  type LintCommandOptions,
  type LspCommandOptions,
  type MergeCommandOptions,
  type PluginOptions,
  type RoutesCommandOptions,
  type RulesCommandOptions,
  type TestCommandOptions,
  type TopologyCommandOptions,
  type TraceCommandOptions,
} from './options.ts';
import { dialects } from '../syntax/tree.ts';
import { print, tell } from './output.ts';
import { version } from './version.ts';

/** The command line. Its errors are thrown, see `main.ts`. */
export function createProgram(): Command {
  const program = new Command('proxylint')
    .description('Lints nginx, Apache httpd and sslh configurations.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeErr: (text) =>
        tell(
          text
            .replace(/^error: /, '')
            .trim()
            .replace(/\n/g, ' '),
        ),
    });
  program.enablePositionalOptions().helpCommand('help [command]', 'the options of a command');
  addLintCommand(program);
  addTraceCommand(program);
  addRoutesCommand(program);
  addTestCommand(program);
  addMergeCommand(program);
  addFmtCommand(program);
  addTopologyCommand(program);
  addDiffCommand(program);
  addCatalogueCommands(program);
  addConfigCommands(program);
  addCompletionCommand(program);
  addLspCommand(program);
  return program;
}

function addLintCommand(program: Command): void {
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
      const { lintCommand } = await import('./commands/lint.ts');
      process.exitCode = await lintCommand(paths, options);
    });
  addRuleOptions(program);
  addReadOptions(program);
}

function failOn(): Option {
  return new Option('--fail-on <severity>', 'exit with 1 from this severity on')
    .choices([...severities, 'never'])
    .default(lintDefaults.failOn);
}

function addPluginOptions(command: Command): Command {
  return command
    .option('--config <file>', 'use this config file instead of searching for one')
    .option('--no-config', 'use no config file')
    .option('--no-plugins', 'refuse a config file that loads plugins');
}

function addReadOptions(command: Command): void {
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

function addTraceCommand(program: Command): void {
  const command = program
    .command('trace')
    .description('what the server would do with a request')
    .usage('[options] [METHOD] URL [paths...]')
    .argument(
      '<request...>',
      'method (GET if left out), URL (ws and wss ask for a WebSocket; for sslh also ssh://host and the like), then paths as for linting',
    )
    .addOption(new Option('--format <format>', 'how to print').choices(traceFormats).default('pretty'))
    .option('-H, --header <line>', 'a request header, as in "Name: value" (repeatable)', append, [])
    .option('--from <address>', 'address of the client')
    .option('--to <address>', 'address that the connection goes to, where the URL names a host')
    .option('--body-size <bytes>', 'size of the request body', '0')
    .option('--alpn <protocol>', 'what the TLS handshake offers (repeatable; default: h2 and http/1.1)', append, [])
    .option('--send <text>', 'what the client of a tcp URL sends first, with \\r, \\n and \\xHH; without it, it waits')
    .option('--check-files', 'look on this machine whether the files exist that the server would look for')
    .action(async (words: string[], options: TraceCommandOptions) => {
      const { traceCommand } = await import('./commands/trace.ts');
      process.exitCode = await traceCommand(words, options);
    });
  addReadOptions(command);
}

function addRoutesCommand(program: Command): void {
  const command = program
    .command('routes')
    .description('the routing table of a config')
    .argument('[paths...]', 'as for linting')
    .addOption(new Option('--format <format>', 'how to print').choices(routesFormats).default('table'))
    .option('--host <name>', 'only virtual hosts with this name, which may hold "*" (repeatable)', append, [])
    .option('--output-file <file>', 'write to a file')
    .action(async (paths: string[], options: RoutesCommandOptions) => {
      const { routesCommand } = await import('./commands/routes.ts');
      process.exitCode = await routesCommand(paths, options);
    });
  addReadOptions(command);
}

function addTestCommand(program: Command): void {
  const command = program
    .command('test')
    .description('whether configs do what a file of expectations says')
    .argument('[paths...]', 'files of expectations, or directories with such; none: the nearest proxylint.test.yaml')
    .addOption(new Option('--format <format>', 'how to print').choices(testFormats).default('pretty'))
    .option('--configs <path>', 'the configs, instead of those that the file names (repeatable)', append, [])
    .option('--init', 'write the expectations that the given configs fulfil now (into proxylint.test.yaml)')
    .option('--live <url>', 'ask a running server, too, as in http://127.0.0.1:8080 (one a scheme)', append, [])
    .option('--coverage', 'list the routes that no expectation reaches')
    .option('--min-coverage <percent>', 'exit with 1 if fewer routes are reached')
    .option('--output-file <file>', 'write to a file')
    .action(async (paths: string[], options: TestCommandOptions) => {
      const { testCommand } = await import('./commands/test.ts');
      process.exitCode = await testCommand(paths, options);
    });
  addReadOptions(command);
}

function addMergeCommand(program: Command): void {
  program
    .command('merge')
    .description('join what shards found into one result')
    .argument('<results...>', 'what each shard wrote with --format json, or with --format sarif')
    .addOption(failOn())
    .option('--output-file <file>', 'write to a file')
    .action(async (paths: string[], options: MergeCommandOptions) => {
      const { mergeCommand } = await import('./commands/merge.ts');
      process.exitCode = await mergeCommand(paths, options);
    });
}

function addFmtCommand(program: Command): void {
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
      const { fmtCommand } = await import('./commands/fmt.ts');
      process.exitCode = await fmtCommand(paths, options);
    });
  addPluginOptions(command);
}

function addTopologyCommand(program: Command): void {
  const command = program
    .command('topology')
    .description('which servers stand behind each other')
    .argument('[paths...]', 'as for linting, and compose files')
    .addOption(new Option('--format <format>', 'how to print').choices(topologyFormats).default('text'))
    .option('--output-file <file>', 'write to a file')
    .action(async (paths: string[], options: TopologyCommandOptions) => {
      const { topologyCommand } = await import('./commands/topology.ts');
      process.exitCode = await topologyCommand(paths, options);
    });
  addReadOptions(command);
}

function addDiffCommand(program: Command): void {
  const command = program
    .command('diff')
    .description('which requests a change of a config answers otherwise')
    .usage('[options] OLD NEW\n       proxylint diff [options] --git REVISION [paths...]')
    .argument('[paths...]', 'two files or directories; with --git those that are compared with what they were')
    .option('--git <revision>', 'compare with this revision of the git repository')
    .addOption(new Option('--format <format>', 'how to print').choices(diffFormats).default('pretty'))
    .addOption(failOn())
    .option('--output-file <file>', 'write to a file')
    .action(async (paths: string[], options: DiffCommandOptions) => {
      const { diffCommand } = await import('./commands/diff.ts');
      process.exitCode = await diffCommand(paths, options);
    });
  addReadOptions(command);
}

/** Headers may hold commas. */
function append(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function addCatalogueCommands(program: Command): void {
  const rules = program
    .command('rules')
    .description('list the rules, those of plugins too')
    .argument('[words...]', 'only rules with all of these words in id or summary')
    .addOption(new Option('--format <format>', 'how to print').choices(rulesFormats).default('table'))
    .addOption(new Option('--type <dialect>', 'only those for this server').choices(dialects))
    .option('--category <name>', 'only those of this category')
    .addOption(new Option('--set <name>', 'only those of this set or profile').choices(setNames))
    .option('--fixable', 'only those with a fix')
    .action(async (words: string[], options: RulesCommandOptions) => {
      const { printRules } = await import('./commands/catalogue.ts');
      await printRules(words, options);
    });
  const explain = program
    .command('explain')
    .argument('<rule>', 'id of the rule')
    .description('what a rule finds, why and what to do')
    .action(async (id: string, options: PluginOptions & ColorOptions) => {
      const { explainRule } = await import('./commands/catalogue.ts');
      await explainRule(id, options);
    });
  for (const command of [rules, explain]) addColorOptions(addPluginOptions(command));
}

function addConfigCommands(program: Command): void {
  const config = program
    .command('config')
    .description('what is in force for a file, and where it is written')
    .argument('[path]', 'a file, there or not; none: what holds in the working directory')
    .action(async (path: string | undefined, options: ConfigCommandOptions) => {
      const { configCommand } = await import('./commands/config.ts');
      await configCommand(path, options);
    });
  addRuleOptions(config);
  addReadOptions(config);
  const init = program
    .command('init')
    .description('write a first proxylint.json, by what is found here')
    .action(async (options: InitCommandOptions) => {
      const { initCommand } = await import('./commands/init.ts');
      await initCommand(options);
    });
  addTargetOption(addProfileOption(init, 'build on the rules of a profile (repeatable)'));
}

function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('a script that completes the words of this program, for a shell to read')
    .addArgument(new Argument('<shell>', 'which one').choices(shells))
    .action(async (shell: (typeof shells)[number]) => {
      const { completionFor } = await import('./commands/completion.ts');
      print(completionFor(program, shell));
    });
}

function addProfileOption(command: Command, description: string): Command {
  return command.addOption(
    new Option('--profile <name>', description).choices(setNames).argParser(collectSets).default([]),
  );
}

function addTargetOption(command: Command): Command {
  return command.option(
    '--target <server=version>',
    'the version it is meant for, as in nginx=1.22 (repeatable)',
    collect,
    [],
  );
}

function addColorOptions(command: Command): Command {
  return command
    .option('--color', 'color the output even if it is no terminal')
    .option('--no-color', 'never color the output');
}

/** Which rules run. */
function addRuleOptions(command: Command): Command {
  return addProfileOption(command, 'add the rules of a profile (repeatable)')
    .option('--rule <id=severity>', 'set the severity of a rule, or "off" (repeatable)', collect, [])
    .option('--only <id>', 'run only this rule (repeatable)', collect, [])
    .option('--skip <id>', 'do not run this rule (repeatable)', collect, [])
    .addOption(new Option('--min-confidence <level>', 'leave out findings with less confidence').choices(confidences))
    .option('--no-suppressions', 'report what comments silence, too');
}

function addLspCommand(program: Command): void {
  const command = program
    .command('lsp')
    .description('the language server for editors, on standard input and output')
    .option('--target <server=version>', 'the version it is meant for, as in nginx=1.22 (repeatable)', collect, [])
    .option('--root <dir>', 'prefix for absolute include paths')
    .option('--include-root <dir>', 'read includes below this directory too (repeatable)', append, [])
    .option('--stdio', 'talk on standard input and output, as it does anyway')
    .option('--clientProcessId <id>', 'end when this process does')
    .action(async (options: LspCommandOptions) => {
      const { lspCommand } = await import('./commands/lsp.ts');
      await lspCommand(options);
    });
  addPluginOptions(command);
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, ...value.split(',')];
}

function collectSets(value: string, previous: readonly SetName[]): SetName[] {
  if (!isSetName(value)) throw new InvalidArgumentError(`Allowed choices are ${setNames.join(', ')}.`);
  return [...previous, value];
}
