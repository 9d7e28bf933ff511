/** Where directives take expressions, and in what way. */
import { isOff } from '../meaning/settings.ts';
import { restOfLine } from '../meaning/rest-of-line.ts';
import type { Directive, ReadExpression, Word } from '../../../syntax/tree.ts';
import { hasPath, type Around } from './around.ts';
import { wordTable } from '../../../text/word-table.ts';

export interface Expression {
  readonly text: string;
  readonly kind: Parameters<ReadExpression>[1];
  readonly word: Word;
}

type Reader = (directive: Directive, around: Around) => readonly Expression[];

function condition(word: Word | undefined, text = word?.value ?? ''): Expression[] {
  return word ? [{ text, kind: 'condition', word }] : [];
}

function string(word: Word | undefined, text = word?.value ?? ''): Expression[] {
  return word ? [{ text, kind: 'string', word }] : [];
}

const first: Reader = ({ args }) => condition(args[0]);
const firstText: Reader = ({ args }) => string(args[0]);

/** `expr=` among the words from an index on. */
function clauses(args: readonly Word[], from: number): Expression[] {
  return args
    .slice(from)
    .filter(({ value }) => /^expr=/i.test(value))
    .flatMap((word) => condition(word, word.value.slice('expr='.length)));
}

const logCondition: Reader = ({ args }) => clauses(args, 2);

/** Providers whose arguments are text with variables. */
const textProviders = /^(?:user|(?:dbm-|dbd-)?group|host|forward-dns|ldap-(?:user|group|dn|attribute|filter|search))$/;

const requirement: Reader = (directive) => {
  const { args } = directive;
  const at = /^not$/i.test(args[0]?.value ?? '') ? 1 : 0;
  const provider = args[at]?.value ?? '';
  const word = args[at + 1];
  if (!word) return [];
  if (textProviders.test(provider)) return string(word, restOfLine(directive, directive.args.indexOf(word)));
  // Without quotes around all of it.
  return provider === 'expr'
    ? condition(word, restOfLine(directive, directive.args.indexOf(word)).replace(/^"([^]*)"$/, '$1'))
    : [];
};

const rewriteCondition: Reader = ({ args: [input, pattern] }) =>
  input && /^expr$/i.test(input.value) ? condition(pattern) : [];

/** `Header set name expr=text expr=condition`: the value is text, the last word a condition. */
const header: Reader = ({ args }) => {
  const action = args.findIndex(({ value }) =>
    /^(?:set|setifempty|add|append|merge|note|unset|echo|edit\*?)$/i.test(value),
  );
  const kind = args[action]?.value.toLowerCase() ?? '';
  const value = kind.startsWith('edit') ? action + 3 : kind === 'unset' || kind === 'echo' ? -1 : action + 2;
  const from = kind.startsWith('edit') ? action + 3 : action + 2;
  return clauses(args, from).map((each) =>
    args.indexOf(each.word) === value ? { ...each, kind: 'string' as const } : each,
  );
};

/** The forms of `Alias` and `Redirect` inside a section, whose path is the source. */
const alias: Reader = ({ args }, around) => (args.length === 1 && hasPath(around) ? string(args[0]) : []);

const redirect: Reader = ({ args }, around) => {
  if (!hasPath(around)) return [];
  const hasStatus = /^(?:permanent|temp|seeother|gone|\d.*)$/i.test(args[0]?.value ?? '');
  if (hasStatus) return args.length === 2 ? string(args[1]) : [];
  return args.length === 1 ? string(args[0]) : [];
};

const basicFake: Reader = (directive) => (isOff(directive) ? [] : directive.args.flatMap((word) => string(word)));

const errorDocument: Reader = ({ args }) => (args.length === 2 ? string(args[1]) : []);

const logMessage: Reader = ({ args }) => [...string(args[0]), ...clauses(args, 1)];

/** An old form names a variable of the environment: `name`, `!name`, `name=value`. */
const urlMap: Reader = ({ args }) => (/^!?\w+(?:=.+)?$/.test(args[3]?.value ?? 'x') ? [] : condition(args[3]));

const fastCgiVariable: Reader = ({ args }) => [...condition(args[0]), ...string(args[2])];

/** Braces may stand around it. */
const healthCondition: Reader = (directive) => {
  const word = directive.args[1];
  if (!word) return [];
  const text = restOfLine(directive, directive.args.indexOf(word));
  const [, braced] = /^\{([^}]*)\}$/.exec(text) ?? [];
  return braced !== undefined ? condition(word, braced) : directive.args.length === 2 ? condition(word) : [];
};

const wholeLine: Reader = (directive) => {
  const [word] = directive.args;
  return word ? condition(word, restOfLine(directive, directive.args.indexOf(word))) : [];
};

const fastCgiUser: Reader = ({ args }) => {
  const at = args.findIndex(({ value }, index) => index % 2 === 1 && /^userexpr$/i.test(value));
  return at === -1 ? [] : string(args[at + 1]);
};

const readers: Readonly<Record<string, Reader>> = wordTable({
  alias,
  authbasicfake: basicFake,
  authformloginrequiredlocation: firstText,
  authformloginsuccesslocation: firstText,
  authformlogoutlocation: firstText,
  authname: firstText,
  authnzfcgicheckauthnprovider: fastCgiUser,
  authtype: firstText,
  customlog: logCondition,
  elseif: first,
  errordocument: errorDocument,
  filterprovider: ({ args }) => condition(args[2]),
  globallog: logCondition,
  header,
  if: first,
  logmessage: logMessage,
  proxyfcgisetenvif: fastCgiVariable,
  proxyhcexpr: healthCondition,
  proxyhtmlurlmap: urlMap,
  redirect,
  requestheader: header,
  require: requirement,
  rewritecond: rewriteCondition,
  scriptalias: alias,
  setenvifexpr: first,
  sethandler: firstText,
  sslrequire: wholeLine,
});

/** The expressions that a directive holds, by the way in which the server takes them out of its arguments. */
export function expressionsOf(directive: Directive, around: Around): readonly Expression[] {
  return readers[directive.key]?.(directive, around) ?? [];
}
