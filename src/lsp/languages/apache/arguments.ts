/** What may be written as an argument of an httpd directive. */
import { apacheDirective, apacheModules } from '../../../servers/apache/facts/index.ts';
import { moduleValueRule } from '../../../servers/apache/facts/module-values.ts';
import { providerNames } from '../../../servers/apache/facts/providers.ts';
import { valueRule } from '../../../servers/apache/facts/values.ts';
import { wordTable } from '../../../text/word-table.ts';
import type { Cursor } from '../../cursor.ts';
import type { Suggestion } from '../language.ts';

/** Words of directives whose syntax line names them by a word that stands for all. */
const words: Readonly<Record<string, string>> = wordTable({
  options: 'All None ExecCGI FollowSymLinks Includes IncludesNOEXEC Indexes MultiViews SymLinksIfOwnerMatch',
  sslprotocol: 'all SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3',
  sslproxyprotocol: 'all SSLv3 TLSv1 TLSv1.1 TLSv1.2 TLSv1.3',
  sslverifyclient: 'none optional require optional_no_ca',
  sslproxyverify: 'none optional require optional_no_ca',
  allowoverride: 'All None AuthConfig FileInfo Indexes Limit Options Nonfatal=',
  loglevel: 'emerg alert crit error warn notice info debug trace1 trace2 trace3 trace4 trace5 trace6 trace7 trace8',
  protocols: 'h2 h2c http/1.1 acme-tls/1',
  rewriteoptions:
    'Inherit InheritBefore InheritDown InheritDownBefore IgnoreInherit AllowNoSlash AllowAnyURI MergeBase',
});

export function suggestArguments({ directive, index }: Cursor): readonly Suggestion[] {
  if (!directive || index === 0) return [];
  const { key } = directive;
  if ((key === 'loadmodule' || key === 'ifmodule') && index === 1) return modules();
  const facts = apacheDirective(key);
  if (facts?.args.kind === 'FLAG') return values(['On', 'Off']);
  if (key === 'require' && index === 1) return values(['not', ...providerNames('authorization')]);
  if (key === 'authbasicprovider' || key === 'authdigestprovider') return values(providerNames('authentication'));
  if (key === 'setoutputfilter' || key === 'setinputfilter') return values(providerNames('filter'));
  const listed = words[key];
  if (listed !== undefined) return values(listed.split(' '));
  const rule = valueRule(key) ?? moduleValueRule(key);
  const type = rule && (rule.types[index - 1] ?? (rule.each ? rule.types.at(-1) : undefined));
  if (type && typeof type.expected !== 'string') return values(type.expected);
  return values(wordsOfSyntax(facts?.syntax ?? '', index));
}

/** The choices at a place of a syntax line such as `Name On|Off value`: words that stand for themselves. */
export function wordsOfSyntax(syntax: string, index: number): string[] {
  const places = syntax.split(/\s+/).slice(1);
  const choice = (places[index - 1] ?? '').replace(/[[\]]/g, '').split('|');
  return choice.length > 1
    ? choice.filter((word) => /^[A-Za-z][A-Za-z*-]*$/.test(word) && !placeholder.test(word))
    : [];
}

const placeholder =
  /^(?:format|nickname|file|pipe|url|path|number|bytes|directive-type|option|protocol|level|port|filename|value|name|string|key|regex|host|address|size|seconds|directory|expr|extension|method|charset|user|group|hostname|attribute|provider|modulename)(?:-|$)/;

function modules(): Suggestion[] {
  return apacheModules().map(({ name, identifier }) => ({ label: identifier, kind: 'module', detail: name }));
}

function values(words: readonly string[]): Suggestion[] {
  return words.map((label) => ({ label, kind: label.endsWith('=') ? 'parameter' : 'value' }));
}
