/** The line that tells the user what was done, or why not. */
import { byId } from './dom.ts';

const message = byId('message', HTMLElement);

export function tell(text: string, isError = false): void {
  message.textContent = text;
  message.classList.toggle('error', isError);
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
