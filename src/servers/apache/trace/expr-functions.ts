/** Functions of expressions (server/util_expr_eval.c). */
import { giveUp } from '../../../model/unknown.ts';
import type { Request } from './state.ts';
import { escapeUri } from './uri.ts';
import { environmentVariable, requestHeader } from './variables.ts';

/** A function's value for its argument. */
export function callFunction(request: Request, name: string, argument: string): string {
  switch (name.toLowerCase()) {
    case 'req':
    case 'http':
    case 'req_novary':
      return requestHeader(request, argument) ?? '';
    case 'reqenv':
      return environmentVariable(request, argument) ?? '';
    case 'env':
      return environmentVariable(request, argument) ?? processVariable(argument);
    case 'tolower':
      return argument.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    case 'toupper':
      return argument.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
    case 'escape':
      return escapeUri(argument);
    default:
      return giveUp(`The function "${name}" is not traced.`);
  }
}

/** What a server process usually finds in its environment cannot be known; other names are not there. */
export function processVariable(name: string): string {
  return /^(?:PATH|PWD|HOME|LANG|LC_\w+|USER|SHELL|TERM|HOSTNAME|TZ|APACHE_\w+)$/.test(name)
    ? giveUp(`The environment variable "${name}" is that of the server process.`)
    : '';
}
