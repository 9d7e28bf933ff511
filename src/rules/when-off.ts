/** When a rule is better turned off. */
import { wordTable } from '../text/word-table.ts';
import type { Rule } from './define-rule.ts';

const byCategory: Readonly<Record<string, string>> = wordTable({
  syntax:
    'Never for a file that the server loads: it refuses it, or does not do what it says. What only looks like a config is left out with `ignore`, and what an older or newer server accepts is told by `target`.',
  headers:
    'Where the other side gets what it needs in another way: a proxy in front or the application itself sets it, or nothing there reads it.',
  routing: 'Where the routes are meant to be like this, for instance while a site moves: say so, and until when.',
  tls: 'Where clients or backends have to be served that can do no better: name them, and until when.',
  access:
    'Where something that the text does not show keeps others out: a firewall, a network of its own, a login in front of it.',
  injection: 'Where no client chooses the value: it comes from a place of your own, or is checked before it gets here.',
  files: 'Where everybody may read all that lies in this directory, now and later.',
  proxying: 'Where the backend is known to bear it, or its requests never meet the case.',
  regex: 'Where the pattern is meant to match as much as it does, or what it reads is short and your own.',
  operation: 'Where something outside of the text takes care of it, or its cost is known and accepted.',
  versions:
    'Where the server is older or newer than proxylint takes it for (say so by `target`), or its distribution has patched it.',
  suppression: 'Hardly ever: the comment that it names can be corrected or taken away.',
  applications:
    'Where another application stands there than the one that was recognised (name it by `applications` or a comment), or it is set up to need less.',
  sslh: 'Where sslh is meant to work like this, and something that the text does not show makes up for it.',
});

/** A sentence or two, in Markdown; empty for a rule of a plugin that does not say it. */
export function whenOff({ category, meta }: Rule): string {
  const reason = meta.whenOff ?? byCategory[category] ?? '';
  if (reason === '' || !meta.options) return reason;
  const names = Object.keys(meta.options).map((name) => `\`${name}\``);
  return `${reason} Before that, see whether ${names.length === 1 ? 'its option' : 'one of its options'} (${names.join(', ')}) fits.`;
}
