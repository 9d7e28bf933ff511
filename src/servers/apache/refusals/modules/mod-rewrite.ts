import { pcreFault } from '../../../../regex/fault.ts';
import type { Directive, Word } from '../../../../syntax/tree.ts';
import { isKnownStatus } from '../../facts/status.ts';
import { hasPath, type Around } from '../around.ts';
import { badForm, refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';
import { judgeRegex } from '../regex.ts';

const conditionFlags = /^(?:nocase|nc|ornext|or|novary|nv)$/i;
const ruleFlags =
  /^(?:B|backrefescaping|BNE|BNP|backrefernoplus|BCTLS|C|chain|CO|cookie|D.*|E|env|END|F|forbidden|G|gone|H|handler|L|last|NE|noescape|N|next|NS|nosubreq|NC|nocase|P|proxy|PT|passthrough|QSA|qsappend|QSD|qsdiscard|QSL|qslast|R|redirect|S|skip|T|type|unsafeprefixstat|unsafeallow3f|UNC)$/i;
/** Tests that are no regular expression: file tests, comparisons of numbers and of strings. */
const otherPattern = /^!?(?:-[fsdxhLlUF]$|-(?:lt|le|gt|ge|eq|ne).|[<>]=?.?$|=.?$)/;

/** `cmd_rewriterule` of `mod_rewrite.c`. */
function judgeRewriteRule(directive: Directive): Refusal | undefined {
  const [pattern, substitution, flags] = directive.args;
  if (!pattern || !substitution) return missing(directive);
  // The module splits its line itself, and takes a space behind a backslash for a part of the argument.
  if (directive.args.some(({ value, quote }) => quote === '' && value.endsWith('\\'))) return undefined;
  return (
    (flags && judgeFlags(directive, flags, judgeRuleFlag)) ??
    judgeRegex(directive, pattern, pattern.value.replace(/^!/, ''))
  );
}

/** `cmd_rewritecond`. A comparison of strings (`=x`, `<x`) is one only where it is short; longer ones are compiled as well. */
function judgeRewriteCondition(directive: Directive): Refusal | undefined {
  const [input, pattern, flags] = directive.args;
  if (!input || !pattern) return missing(directive);
  const fault = flags && judgeFlags(directive, flags, judgeConditionFlag);
  if (fault) return fault;
  if (/^expr$/i.test(input.value) || /^!?[=<>]/.test(pattern.value) || otherPattern.test(pattern.value))
    return undefined;
  const text = pattern.value.replace(/^!/, '');
  return pcreFault(text) === undefined ? undefined : judgeRegex(directive, pattern, text);
}

/** `parseargline` takes the closing quote of a lone argument for the gap before an empty second one. */
function missing(directive: Directive): Refusal | undefined {
  const isClosed = directive.args.some(({ quote, raw }) => quote !== '' && raw.length > 1 && raw.endsWith(quote));
  return isClosed ? undefined : wrongCount(directive, 'two or three arguments');
}

type FlagJudge = (key: string, value: string | undefined) => string | undefined;

function judgeFlags(directive: Directive, word: Word, judge: FlagJudge): Refusal | undefined {
  const { value: text } = word;
  if (!/^\[[^]*\]$/.test(text)) return badForm(directive, word, 'a list of flags in brackets, such as "[R=301,L]"');
  if (text === '[]') return refusal(directive, 'the list of flags is empty', word);
  for (const flag of text.slice(1, -1).split(',')) {
    const [key, ...rest] = flag.trim().split('=');
    const expected = key ? judge(key, rest.length > 0 ? rest.join('=') : undefined) : undefined;
    if (expected) return refusal(directive, expected, word);
  }
  return undefined;
}

function judgeConditionFlag(key: string): string | undefined {
  return conditionFlags.test(key) ? undefined : `the flag "${key}" is unknown; there are "NC", "OR" and "NV"`;
}

function judgeRuleFlag(key: string, value: string | undefined): string | undefined {
  if (!ruleFlags.test(key)) return `the flag "${key}" is unknown`;
  if (/^bne$/i.test(key) && !value) return 'the flag "BNE" needs a list of characters';
  if (/^(?:r|redirect)$/i.test(key) && value && /^\d/.test(value) && !isKnownStatus(Number.parseInt(value, 10))) {
    return `"${value}" is no HTTP status that the flag "R" accepts`;
  }
  return undefined;
}

/** `cmd_rewritebase`; the form of the path is judged by the facts. */
function judgeBase(directive: Directive, around: Around): Refusal | undefined {
  return hasPath(around) === false ? refusal(directive, 'it is for <Directory> and .htaccess only') : undefined;
}

export const handlers: Handlers = {
  rewritebase: judgeBase,
  rewritecond: judgeRewriteCondition,
  rewriterule: judgeRewriteRule,
};
