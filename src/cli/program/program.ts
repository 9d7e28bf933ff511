import { Command } from 'commander';
import { tell } from '../output.ts';
import { version } from '../version.ts';
import { addLintCommand, addMergeCommand, addFmtCommand } from './lint.ts';
import { addTraceCommand, addRoutesCommand, addTestCommand, addTopologyCommand, addDiffCommand } from './requests.ts';
import { addCatalogueCommands, addConfigCommands, addCompletionCommand, addLspCommand } from './setup.ts';

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
