import type { ChangedFile } from '../fix/passes.ts';
import { escapeControls } from '../formatters/escape.ts';
import { isTerminal } from './output.ts';

/** What changes, as a unified diff. A patch must hold the bytes of the file; a terminal must not. */
export async function diffOf(files: readonly ChangedFile[]): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const patches = files.map(({ path, before, text }) => {
    const name = path.replace(/^\/+/, '');
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, text, undefined, undefined, {
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    });
  });
  const all = patches.join('');
  return isTerminal() ? all.replace(/[^\n\t]+/g, escapeControls) : all;
}
