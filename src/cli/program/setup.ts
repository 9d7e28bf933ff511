/** The commands around it: rules, settings, shells, editors. */
import { Argument, type Command, Option } from 'commander';
import {
  rulesFormats,
  shells,
  type ConfigCommandOptions,
  type InitCommandOptions,
  type LspCommandOptions,
  type PluginOptions,
  type RulesCommandOptions,
} from '../options.ts';
import type { ColorOptions } from '../color.ts';
import { setNames } from '../../config/sets.ts';
import { dialects } from '../../syntax/tree.ts';
import { print } from '../output.ts';
import {
  addPluginOptions,
  addReadOptions,
  append,
  addProfileOption,
  addTargetOption,
  addColorOptions,
  addRuleOptions,
  collect,
} from './options.ts';

export function addCatalogueCommands(program: Command): void {
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
      const { printRules } = await import('../commands/catalogue.ts');
      await printRules(words, options);
    });
  const explain = program
    .command('explain')
    .argument('<rule>', 'id of the rule')
    .description('what a rule finds, why and what to do')
    .action(async (id: string, options: PluginOptions & ColorOptions) => {
      const { explainRule } = await import('../commands/catalogue.ts');
      await explainRule(id, options);
    });
  for (const command of [rules, explain]) addColorOptions(addPluginOptions(command));
}

export function addConfigCommands(program: Command): void {
  const config = program
    .command('config')
    .description('what is in force for a file, and where it is written')
    .argument('[path]', 'a file, there or not; none: what holds in the working directory')
    .action(async (path: string | undefined, options: ConfigCommandOptions) => {
      const { configCommand } = await import('../commands/config.ts');
      await configCommand(path, options);
    });
  addRuleOptions(config);
  addReadOptions(config);
  const init = program
    .command('init')
    .description('write a first proxylint.json, by what is found here')
    .action(async (options: InitCommandOptions) => {
      const { initCommand } = await import('../commands/init.ts');
      await initCommand(options);
    });
  addTargetOption(addProfileOption(init, 'build on the rules of a profile (repeatable)'));
}

export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('a script that completes the words of this program, for a shell to read')
    .addArgument(new Argument('<shell>', 'which one').choices(shells))
    .action(async (shell: (typeof shells)[number]) => {
      const { completionFor } = await import('../commands/completion.ts');
      print(completionFor(program, shell));
    });
}

export function addLspCommand(program: Command): void {
  const command = program
    .command('lsp')
    .description('the language server for editors, on standard input and output')
    .option('--target <server=version>', 'the version it is meant for, as in nginx=1.22 (repeatable)', collect, [])
    .option('--root <dir>', 'prefix for absolute include paths')
    .option('--include-root <dir>', 'read includes below this directory too (repeatable)', append, [])
    .option('--stdio', 'talk on standard input and output, as it does anyway')
    .option('--clientProcessId <id>', 'end when this process does')
    .action(async (options: LspCommandOptions) => {
      const { lspCommand } = await import('../commands/lsp.ts');
      await lspCommand(options);
    });
  addPluginOptions(command);
}
