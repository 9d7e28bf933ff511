import { atoi } from '../../facts/numbers.ts';
import type { Directive, Word } from '../../../../syntax/tree.ts';
import { badForm, firstRefusal, refusal, type Handlers, type Refusal } from '../refusal.ts';
import { split } from '../signs.ts';
import { wordTable } from '../../../../text/word-table.ts';

const indexOptions =
  /^(?:[+-]?(?:FancyIndexing|FoldersFirst|HTMLTable|IconsAreLinks|IgnoreCase|IgnoreClient|ScanHTMLTitles|Suppress(?:ColumnSorting|Description|HTMLPreamble|Icon|LastModified|Size|Rules)|TrackModified|VersionSort|XHTML|ShowForbidden|AddAltClass|UseOldDateFormat|Icon(?:Width|Height)(?:=.*)?|(?:Name|Description)Width=.*|Type=.*|Charset=.*)|-(?:Name|Description)Width|None)$/i;

function judgeIndexOptions(directive: Directive): Refusal | undefined {
  const word = directive.args.find(({ value }) => !indexOptions.test(value));
  if (word)
    return badForm(directive, word, 'an option of directory listings, such as "FancyIndexing" or "NameWidth=*"');
  const none = directive.args.find(({ value }) => /^none$/i.test(value));
  const other = directive.args.find(({ value }) => /^[a-z]/i.test(value) && !/^none$/i.test(value));
  if (none && other) return refusal(directive, `"None" excludes "${other.value}"`, other);
  return firstRefusal(directive.args, (each) => judgeIndexOption(directive, each));
}

const smallest: Readonly<Record<string, number>> = wordTable({ namewidth: 5, descriptionwidth: 12 });

function judgeIndexOption(directive: Directive, word: Word): Refusal | undefined {
  const { sign, name } = split(word);
  const [, key, value] = /^((?:icon|name|description)(?:width|height))=(.*)/is.exec(name) ?? [];
  if (key === undefined || value === undefined) return undefined;
  if (sign === '-') return refusal(directive, `"-" takes no value; write "-${key}"`, word);
  const least = smallest[key.toLowerCase()];
  if (least === undefined || value.startsWith('*') || atoi(value) === 0 || atoi(value) >= least) return undefined;
  return badForm(directive, word, `a width of at least ${least}, or "*"`);
}

/** `(text,/icon) name`: the parenthesis must close. */
function judgeIcon(directive: Directive): Refusal | undefined {
  const [icon] = directive.args;
  return icon?.value.startsWith('(') && !icon.value.includes(')')
    ? badForm(directive, icon, 'an icon such as "(TXT,/icons/text.png)", without a space')
    : undefined;
}

export const handlers: Handlers = {
  addicon: judgeIcon,
  addiconbyencoding: judgeIcon,
  addiconbytype: judgeIcon,
  indexoptions: judgeIndexOptions,
};
