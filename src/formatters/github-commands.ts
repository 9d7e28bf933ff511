/** Texts inside the workflow commands of GitHub. */
import { disarmBrackets, escapeControls } from './escape.ts';

/** By severity of what is told. */
export const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** The runner reads a command to the end of the line, so what config text holds must not end it. */
export function message(text: string): string {
  return disarmBrackets(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

export function property(text: string): string {
  return message(escapeControls(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
