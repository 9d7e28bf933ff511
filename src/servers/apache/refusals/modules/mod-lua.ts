import { judgeRegexAt } from '../regex.ts';
import { badChoice, refusal, type Handler, type Handlers } from '../refusal.ts';

/** `register_named_block_function_hook`: a section holds the code, and names no file before the function. */
const section: Handler = (directive) => {
  const when = directive.block && directive.args[1];
  return when && !/^(?:early|late)$/i.test(when.value) ? badChoice(directive, when, ['early', 'late']) : undefined;
};

const sections = ['pretranslatename', 'translatename', 'fixups', 'maptostorage', 'checkuserid', 'accesschecker']
  .concat('authchecker', 'typechecker')
  .map((hook): [string, Handler] => [`luahook${hook}`, section]);

export const handlers: Handlers = {
  ...Object.fromEntries(sections),
  luahookinsertfilter: (directive) => refusal(directive, 'it is not implemented yet'),
  luamaphandler: (directive) => judgeRegexAt(directive, 0),
};
