/** Foreign text in Markdown. */
import { escapeControls } from './escape.ts';

/** Text that is nothing but text: no markup, mention, reference or HTML. */
export function words(text: string): string {
  return escapeControls(text)
    .replace(/[\\`*_{}[\]()#+!|~<>&$^=]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/@(?=\w)/g, '&#64;')
    .replace(/:(?=\/\/)/g, '&#58;');
}

/** A code span around text that may hold backticks; in a heading or a list, not in a table. */
export function code(text: string): string {
  const shown = escapeControls(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
