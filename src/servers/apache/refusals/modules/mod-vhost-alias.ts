import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

/** `vhost_alias_set`; that the path is absolute is judged by the facts. */
function judgePath(directive: Directive): Refusal | undefined {
  const [word] = directive.args;
  const rest = word?.value.replaceAll(/%(?:[p%]|-?\d\+?(?:\.-?\d\+?|(?!\.)))/g, '') ?? '';
  const isNone = /^none$/i.test(word?.value ?? '');
  if (!word || isNone || !rest.includes('%')) return undefined;
  return badForm(directive, word, 'a path with parts of the name such as "%0", "%-2+" or "%2.1"');
}

export const handlers: Handlers = {
  virtualdocumentroot: judgePath,
  virtualdocumentrootip: judgePath,
  virtualscriptalias: judgePath,
  virtualscriptaliasip: judgePath,
};
