/** How settings of httpd are compared: by what their setters make of them. */
import { apacheDirective } from './facts/index.ts';
import { valueRule } from './facts/values.ts';
import { readFlag } from './meaning/settings.ts';
import { influenceOf } from './trace/directives.ts';
import type { SettingForms } from '../setting-forms.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { wordsOf } from '../../text/words.ts';

/** Their words are a set. */
const unordered: ReadonlySet<string> = new Set(
  wordsOf(
    'require options allowoverride allowmethods addoutputfilterbytype remoteiptrustedproxy remoteipinternalproxy indexoptions',
  ),
);
/** Several of them stand each for itself. */
const listed: ReadonlySet<string> = new Set(
  wordsOf(`addtype addcharset addencoding addlanguage addicon addiconbytype addiconbyencoding adddescription addoutputfilterbytype
    remoteiptrustedproxy remoteipinternalproxy expiresbytype sslcertificatefile sslcertificatekeyfile setenv passenv unsetenv`),
);

export const apacheSettingForms: SettingForms = {
  formOf: ({ key, args }) =>
    formOf(
      key,
      args.map(({ value }) => value),
    ),
  isListed: (key) => listed.has(key),
  defaultForm(key) {
    const facts = apacheDirective(key);
    return facts?.default === undefined ? undefined : formOf(key, facts.default.replaceAll('"', '').split(' '));
  },
  isTraced: (key) => influenceOf(key) === 'traced',
  requirementKeys: ['require', 'requireall', 'requireany', 'requirenone'],
  peopleIn: (directives) =>
    directives.flatMap(requirementsIn).filter(({ args }) => isOfPeople(args.map(({ value }) => value))),
};

function requirementsIn(directive: Directive): readonly Directive[] {
  const { key, block } = directive;
  if (key === 'require') return [directive];
  return block && key.startsWith('require') ? children(block).flatMap(requirementsIn) : [];
}

/** All else is told by the address, the method, or what a request holds. */
function isOfPeople(words: readonly string[]): boolean {
  const kind = (words[0]?.toLowerCase() === 'not' ? words[1] : words[0])?.toLowerCase();
  return kind !== undefined && !told.has(kind);
}

const told: ReadonlySet<string> = new Set(wordsOf('all ip local method env expr'));

function formOf(key: string, words: readonly string[]): string {
  const facts = apacheDirective(key);
  if (facts?.args.kind === 'FLAG') return String(readFlag(words) ?? words.join('\0'));
  const types = valueRule(key)?.types ?? [];
  const forms = words.map((word, at) => {
    const type = types[Math.min(at, types.length - 1)];
    const number = type?.read?.(word);
    if (number !== undefined && !Number.isNaN(number)) return String(number);
    return Array.isArray(type?.expected) || unordered.has(key) ? word.toLowerCase() : word;
  });
  return (unordered.has(key) ? [...new Set(forms.toSorted())] : forms).join('\0');
}
