import { placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import { defineRule, type RuleContext, type Visitor } from '../define-rule.ts';
import { passKeys } from '../../servers/nginx/meaning/pass.ts';

const messages = {
  within:
    'The quotes inside of "{{word}}" are a part of the value: a word is quoted only where it begins with a quote.',
} as const;

export default defineRule({
  meta: {
    summary: 'Quotes that do not quote',
    why: 'The value contains them: what it is compared with, or sent to, gets the quotes too.',
    how: 'Write plain quotes around the whole word.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: [
      'https://nginx.org/en/docs/beginners_guide.html#conf_structure',
      'https://httpd.apache.org/docs/2.4/configuring.html#syntax',
    ],
  },
  messages,
  check: {
    nginx: (context) => withinHooks(context, nginxPlainValues),
    apache: (context) => withinHooks(context, apachePlainValues),
  },
});

type Context = Pick<RuleContext<typeof messages>, 'report'>;

/** Directives whose values are addresses, URLs or paths: no quote belongs there, as it may in headers, formats and patterns. */
const nginxPlainValues = [
  ...passKeys,
  ...(
    'root alias include pid try_files index error_page access_log error_log ssl_certificate ssl_certificate_key ' +
    'ssl_trusted_certificate ssl_client_certificate auth_basic_user_file server_name server listen'
  ).split(' '),
];
const apachePlainValues = (
  'documentroot serverroot alias scriptalias proxypass proxypassreverse balancermember servername serveralias ' +
  'errorlog customlog transferlog directoryindex sslcertificatefile sslcertificatekeyfile sslcertificatechainfile ' +
  'sslcacertificatefile sslproxycacertificatefile sslproxymachinecertificatefile'
).split(' ');

function withinHooks(context: Context, keys: readonly string[]): Visitor {
  return { directives: Object.fromEntries(keys.map((key) => [key, (directive) => checkWithin(context, directive)])) };
}

function checkWithin({ report }: Context, directive: Directive): void {
  for (const word of directive.args) {
    if (word.quote !== '' || !isQuotedWithin(word)) continue;
    const at = placeIn(directive, word);
    const text = `"${word.value.replaceAll(/["']/g, '')}"`;
    const fix = { title: `Write ${text}`, edits: [{ place: at, text }] };
    report({ message: 'within', at, data: { word: word.value }, fix });
  }
}

/** `http://host"/path"`: one pair, and no pattern, whose quotes may be meant. */
function isQuotedWithin({ value }: Word): boolean {
  return /["']/.test(value) && !value.startsWith('~') && /^[^"']+(?:"[^"']*"|'[^"']*')[^"']*$/.test(value);
}
