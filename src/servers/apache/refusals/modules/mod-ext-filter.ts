import { restOfLine } from '../../meaning/rest-of-line.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

const parameter = /^(?:preservescontentlength$|(?:ftype|enableenv|disableenv|intype|outtype)=|mode=(?:output|input)$)/i;

/** `ExtFilterDefine name parameter ...`, `define_filter`. A quoted command may hold spaces. */
function judgeDefinition(directive: Directive): Refusal | undefined {
  const { args } = directive;
  const first = args[1];
  if (!first) return undefined;
  const rest = restOfLine(directive, 1).replace(/\bcmd=(?:"(?:[^"\\]|\\[^])*"|[^\s"]*)/i, '');
  const bad = rest.split(/\s+/).find((each) => each !== '' && !parameter.test(each));
  if (bad === undefined) return undefined;
  const word = args.slice(1).find(({ raw }) => raw === bad) ?? first;
  return badForm(
    directive,
    word,
    'a parameter such as "mode=output", "intype=text/html" or "cmd=\\"/path arguments\\""',
  );
}

export const handlers: Handlers = { extfilterdefine: judgeDefinition };
