import { commandNames } from './options.ts';

/** Whether the arguments of the program are paths to lint and nothing else, so that nothing need be told apart. */
export function isPlain(args: readonly string[]): boolean {
  const [first] = args;
  if (first === 'help' || commandNames.some((name) => name === first)) return false;
  return args.every((arg) => arg === '-' || !arg.startsWith('-'));
}
