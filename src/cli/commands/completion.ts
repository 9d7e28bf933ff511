/** Completion for shells, made from the commands and options as they are declared. */
import type { Command, Option } from 'commander';
import type { shells } from '../options.ts';

/** A script to be read by the shell, as in `eval "$(proxylint completion bash)"`. */
export function completionFor(program: Command, shell: (typeof shells)[number]): string {
  const commands = program.commands.filter((command) => command.name() !== 'help').map(describe);
  const all = [{ ...describe(program), name: '' }, ...commands];
  switch (shell) {
    case 'bash':
      return bash(all);
    case 'zsh':
      return `#compdef proxylint\nautoload -U +X bashcompinit && bashcompinit\n${bash(all)}`;
    case 'fish':
      return fish(all);
  }
}

interface Described {
  /** Empty for the program itself. */
  readonly name: string;
  readonly description: string;
  readonly options: readonly Option[];
}

function describe(command: Command): Described {
  return {
    name: command.name(),
    description: command.description(),
    options: command.createHelp().visibleOptions(command),
  };
}

function bash(all: readonly Described[]): string {
  const cases = all.map(({ name, options }) => {
    const words = options.flatMap(({ short, long }) => [short, long].filter((word) => word !== undefined));
    const choices = options.filter(({ argChoices }) => argChoices);
    const values = choices.map(({ long, argChoices }) => `      ${long}) words='${argChoices!.join(' ')}' ;;`);
    return `    '${name}')
      words='${words.join(' ')}'
      case $previous in
${values.map((line) => `  ${line}`).join('\n')}
        *) [[ $current == -* ]] || words=${name === '' ? `'${namesOf(all).join(' ')}'` : "''"} ;;
      esac ;;`;
  });
  return `_proxylint() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' words word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      ${namesOf(all).join('|')}) command=$word; break ;;
    esac
  done
  case $command in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current") $([[ $current == -* ]] || compgen -f -- "$current"))
}
complete -o filenames -F _proxylint proxylint
`;
}

function fish(all: readonly Described[]): string {
  const names = namesOf(all).join(' ');
  const lines = all.flatMap(({ name, description, options }) => {
    const where = name === '' ? `not __fish_seen_subcommand_from ${names}` : `__fish_seen_subcommand_from ${name}`;
    const own = options.map(({ short, long, description: text, argChoices, required }) => {
      const letters = [short && ` -s ${short.slice(1)}`, long && ` -l ${long.slice(2)}`].filter(Boolean).join('');
      const values = argChoices ? ` -x -a '${argChoices.join(' ')}'` : required ? ' -r' : '';
      return `complete -c proxylint -n '${where}'${letters}${values} -d '${quoted(text)}'`;
    });
    if (name === '') return own;
    const command = `complete -c proxylint -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d '${quoted(description)}'`;
    return [command, ...own];
  });
  return `${lines.join('\n')}\n`;
}

function namesOf(all: readonly Described[]): string[] {
  return all.map(({ name }) => name).filter((name) => name !== '');
}

/** For single quotes of fish. */
function quoted(text: string): string {
  return text.replace(/[\\']/g, '\\$&');
}
