/** What Options, AllowOverride and AllowEncodedSlashes permit. */
import { levelsOf, settingOf, textOf, type Request } from './state.ts';
import type { EncodedSlashes } from './uri.ts';

/** Whether Options lets symbolic links be followed, and so paths be rewritten. */
export function followsLinks(request: Request): boolean {
  return decided(request, isLinkOption, true);
}

/** Whether an option is in force that nobody has without naming it. `name` in lower case. */
export function hasOption(request: Request, name: string): boolean {
  return decided(request, (word) => word === name || (word === 'all' && name !== 'multiviews'), false);
}

function decided(request: Request, concerns: (word: string) => boolean, fallback: boolean): boolean {
  let value = fallback;
  for (const scope of levelsOf(request.scope))
    for (const directive of scope.own('options')) {
      const words = directive.args.map((word) => textOf(request.setting, word).toLowerCase());
      if (!words.some((word) => /^[+-]/.test(word))) value = words.some(concerns);
      else for (const word of words) if (concerns(word.slice(1))) value = word.startsWith('+');
    }
  return value;
}

function isLinkOption(word: string): boolean {
  return word === 'all' || word === 'followsymlinks' || word === 'symlinksifownermatch';
}

/** Whether a `.htaccess` in the directory would be read. */
export function allowsOverride(request: Request): boolean {
  const words = settingOf(request, 'allowoverride')?.args.map(({ value }) => value.toLowerCase()) ?? ['none'];
  return words.some((word) => word !== 'none');
}

/** Not inherited: only what the innermost level in force says counts (`merge_core_dir_configs`). */
export function encodedSlashes({ scope, setting }: Request): EncodedSlashes {
  const directive = scope.own('allowencodedslashes').at(-1);
  const value = directive && textOf(setting, directive.args[0]).toLowerCase();
  return value === 'on' ? 'decode' : value === 'nodecode' ? 'keep' : 'forbid';
}
