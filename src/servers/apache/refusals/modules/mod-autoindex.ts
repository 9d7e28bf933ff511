import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

const indexOptions =
  /^(?:[+-]?(?:FancyIndexing|FoldersFirst|HTMLTable|IconsAreLinks|IgnoreCase|IgnoreClient|ScanHTMLTitles|Suppress(?:ColumnSorting|Description|HTMLPreamble|Icon|LastModified|Size|Rules)|TrackModified|VersionSort|XHTML|ShowForbidden|AddAltClass|UseOldDateFormat|Icon(?:Width|Height)(?:=.*)?|(?:Name|Description)Width=.*|Type=.*|Charset=.*)|-(?:Name|Description)Width|None)$/i;

function judgeIndexOptions(directive: Directive): Refusal | undefined {
  const word = directive.args.find(({ value }) => !indexOptions.test(value));
  return word && badForm(directive, word, 'an option of directory listings, such as "FancyIndexing" or "NameWidth=*"');
}

export const handlers: Handlers = { indexoptions: judgeIndexOptions };
