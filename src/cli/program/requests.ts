/** The commands that ask what happens to requests. */
import { type Command, Option } from 'commander';
import {
  diffFormats,
  routesFormats,
  testFormats,
  topologyFormats,
  traceFormats,
  type DiffCommandOptions,
  type RoutesCommandOptions,
  type TestCommandOptions,
  type TopologyCommandOptions,
  type TraceCommandOptions,
} from '../options.ts';
import { failOn, addReadOptions, append } from './options.ts';

export function addTraceCommand(program: Command): void {
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
      const { traceCommand } = await import('../commands/trace.ts');
      process.exitCode = await traceCommand(words, options);
    });
  addReadOptions(command);
}

export function addRoutesCommand(program: Command): void {
  const command = program
    .command('routes')
    .description('the routing table of a config')
    .argument('[paths...]', 'as for linting')
    .addOption(new Option('--format <format>', 'how to print').choices(routesFormats).default('table'))
    .option('--host <name>', 'only virtual hosts with this name, which may hold "*" (repeatable)', append, [])
    .option('--output-file <file>', 'write to a file')
    .action(async (paths: string[], options: RoutesCommandOptions) => {
      const { routesCommand } = await import('../commands/routes.ts');
      process.exitCode = await routesCommand(paths, options);
    });
  addReadOptions(command);
}

export function addTestCommand(program: Command): void {
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
      const { testCommand } = await import('../commands/test.ts');
      process.exitCode = await testCommand(paths, options);
    });
  addReadOptions(command);
}

export function addDiffCommand(program: Command): void {
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
      const { diffCommand } = await import('../commands/diff.ts');
      process.exitCode = await diffCommand(paths, options);
    });
  addReadOptions(command);
}

export function addTopologyCommand(program: Command): void {
  const command = program
    .command('topology')
    .description('which servers stand behind each other')
    .argument('[paths...]', 'as for linting, and compose files')
    .addOption(new Option('--format <format>', 'how to print').choices(topologyFormats).default('text'))
    .option('--output-file <file>', 'write to a file')
    .action(async (paths: string[], options: TopologyCommandOptions) => {
      const { topologyCommand } = await import('../commands/topology.ts');
      process.exitCode = await topologyCommand(paths, options);
    });
  addReadOptions(command);
}
