import type { Directive, Word } from '../../../../syntax/tree.ts';
import { badChoice, badForm, refusal, type Handlers, type Refusal } from '../refusal.ts';
import { includes, split } from '../signs.ts';

const optionNames = [
  'All',
  'None',
  'Indexes',
  'Includes',
  'IncludesNOEXEC',
  'FollowSymLinks',
  'SymLinksIfOwnerMatch',
  'ExecCGI',
  'MultiViews',
];
const overrideNames = ['All', 'None', 'AuthConfig', 'FileInfo', 'Indexes', 'Limit', 'Options', 'Nonfatal'];
/** `set_options` of `server/core.c`. */
function judgeOptions(directive: Directive): Refusal | undefined {
  let signed = false;
  let exclusive = false;
  for (const [index, word] of directive.args.entries()) {
    const { sign, name } = split(word);
    if (sign && index > 0 && !signed && !exclusive) return mixed(directive, word);
    if (!sign && signed) return mixed(directive, word);
    signed ||= sign !== '';
    if (!includes([...optionNames, 'RunScripts'], name)) return badChoice(directive, word, optionNames);
    if (/^(?:all|none)$/i.test(name)) {
      if (index > 0) return refusal(directive, `"${name}" must be the first option`, word);
      if (signed) return refusal(directive, `"${name}" takes no sign`, word);
      exclusive = true;
    }
  }
  return undefined;
}

function mixed(directive: Directive, word: Word): Refusal {
  return refusal(directive, 'either all options start with "+" or "-", or none does', word);
}

function judgeAllowOverride(directive: Directive): Refusal | undefined {
  for (const word of directive.args) {
    const [name = '', value] = word.value.split('=', 2);
    if (!includes(overrideNames, name)) return badChoice(directive, word, overrideNames);
    const option = /^options$/i.test(name) ? value?.split(',').find((each) => !includes(optionNames, each)) : undefined;
    if (option) return refusal(directive, `there is no option "${option}"`, word);
    if (/^nonfatal$/i.test(name) && value === undefined) {
      return badForm(directive, word, '"Nonfatal=Override", "Nonfatal=Unknown" or "Nonfatal=All"');
    }
  }
  return undefined;
}

export const handlers: Handlers = { allowoverride: judgeAllowOverride, options: judgeOptions };
