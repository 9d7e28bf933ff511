import type { Directive, Word } from '../../../../syntax/tree.ts';
import { badChoice, badForm, refusal, type Fault } from '../fault.ts';

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
const protocolNames = ['all', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
const sslOptionNames = [
  'StdEnvVars',
  'ExportCertData',
  'FakeBasicAuth',
  'StrictRequire',
  'OptRenegotiate',
  'LegacyDNStringFormat',
];
const crlNames = ['none', 'leaf', 'chain'];
const indexOptions =
  /^(?:[+-]?(?:FancyIndexing|FoldersFirst|HTMLTable|IconsAreLinks|IgnoreCase|IgnoreClient|ScanHTMLTitles|Suppress(?:ColumnSorting|Description|HTMLPreamble|Icon|LastModified|Size|Rules)|TrackModified|VersionSort|XHTML|ShowForbidden|AddAltClass|UseOldDateFormat|Icon(?:Width|Height)(?:=.*)?|(?:Name|Description)Width=.*|Type=.*|Charset=.*)|-(?:Name|Description)Width|None)$/i;

/** `set_options` of `server/core.c`. */
export function judgeOptions(directive: Directive): Fault | undefined {
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

function mixed(directive: Directive, word: Word): Fault {
  return refusal(directive, 'either all options start with "+" or "-", or none does', word);
}

export function judgeAllowOverride(directive: Directive): Fault | undefined {
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

export function judgeIndexOptions(directive: Directive): Fault | undefined {
  const word = directive.args.find(({ value }) => !indexOptions.test(value));
  return word && badForm(directive, word, 'an option of directory listings, such as "FancyIndexing" or "NameWidth=*"');
}

export function judgeSslProtocol(directive: Directive): Fault | undefined {
  for (const word of directive.args) {
    const { sign, name } = split(word);
    if (/^sslv2$/i.test(name)) {
      if (sign !== '-') return refusal(directive, 'SSLv2 is no longer supported', word);
    } else if (!includes(protocolNames, name)) return badChoice(directive, word, protocolNames);
  }
  return undefined;
}

/** `SSLCipherSuite [protocol] ciphers`, `ssl_cmd_SSLCipherSuite`. */
export function judgeCipherSuite(directive: Directive): Fault | undefined {
  const [protocol, ciphers] = directive.args;
  if (!protocol || !ciphers || /^(?:SSL|TLSv1\.3)$/.test(protocol.value)) return undefined;
  return badChoice(directive, protocol, ['SSL', 'TLSv1.3']);
}

export function judgeSslOptions(directive: Directive): Fault | undefined {
  const word = directive.args.find((word) => !includes(sslOptionNames, split(word).name));
  return word && badChoice(directive, word, sslOptionNames);
}

export function judgeRevocationCheck(directive: Directive): Fault | undefined {
  const [mode, ...flags] = directive.args;
  if (mode && !includes(crlNames, mode.value)) return badChoice(directive, mode, crlNames);
  const flag = flags.find(({ value }) => !/^no_crl_for_cert_ok$/i.test(value));
  return flag && badChoice(directive, flag, ['no_crl_for_cert_ok']);
}

function split(word: Word): { sign: string; name: string } {
  const sign = /^[+-]/.exec(word.value)?.[0] ?? '';
  return { sign, name: word.value.slice(sign.length) };
}

function includes(names: readonly string[], text: string): boolean {
  return names.some((name) => name.toLowerCase() === text.toLowerCase());
}
