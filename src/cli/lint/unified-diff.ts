import type { ChangedFile } from '../../fix/passes.ts';
import { escapeControls } from '../../formatters/escape.ts';
import { loadStyles, type Styles } from '../../formatters/styles.ts';
import { useColor, type ColorOptions } from '../color.ts';
import { isTerminal } from '../output.ts';

/** What changes, as a unified diff. A patch must hold the bytes of the file; a terminal must not. */
export async function diffOf(files: readonly ChangedFile[], options: ColorOptions): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const patches = files.map(({ path, before, text }) => {
    const name = path.replace(/^\/+/, '');
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, text, undefined, undefined, {
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    });
  });
  const all = patches.join('');
  // FORCE_COLOR is for logs, not for what is piped into `git apply`.
  const isShown = options.color === true || (options.outputFile === undefined && isTerminal());
  if (!isShown) return all;
  const shown = all.replace(/[^\n\t]+/g, escapeControls);
  return useColor(options) ? colored(shown, await loadStyles(true)) : shown;
}

function colored(diff: string, styles: Styles): string {
  return diff
    .split('\n')
    .map((line) => {
      if (/^(?:---|\+\+\+) /.test(line)) return styles.bold(line);
      if (line.startsWith('@@')) return styles.cyan(line);
      return line.startsWith('+') ? styles.green(line) : line.startsWith('-') ? styles.red(line) : line;
    })
    .join('\n');
}
