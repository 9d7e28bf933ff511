import { isRedirectStatus } from '../../facts/status.ts';
import type { Directive } from '../../../../syntax/tree.ts';
import { hasPath, type Around } from '../around.ts';
import { badForm, refusal, wrongCount, type Handler, type Handlers, type Refusal } from '../refusal.ts';
import { judgeRegex, judgeRegexAt } from '../regex.ts';
import { wordTable } from '../../../../text/word-table.ts';

const words: Readonly<Record<string, number>> = wordTable({ permanent: 301, temp: 302, seeother: 303, gone: 410 });
const fixedStatus: Readonly<Record<string, number>> = wordTable({ redirectpermanent: 301, redirecttemp: 302 });

/** `add_redirect_internal` of `mod_alias.c`. */
function judgeRedirect(directive: Directive, around: Around): Refusal | undefined {
  const [one, two, three] = directive.args;
  if (!one) return undefined;
  const named = statusOf(one.value);
  if (three && named === undefined)
    return badForm(directive, one, 'a redirect status such as "permanent", "temp" or "301"');
  const inPath = hasPath(around);
  if (inPath !== false && isForLocation(named, two !== undefined, three !== undefined)) return undefined;
  const status = named ?? fixedStatus[directive.key] ?? 302;
  const [source, target] = named === undefined ? [one, two] : [two, three];
  const isRegex = directive.key === 'redirectmatch';
  const fault = isRegex && source ? judgeRegex(directive, source) : undefined;
  if (fault) return fault;
  if (!isRedirectStatus(status)) {
    return target && refusal(directive, `a redirect with the status ${status} takes no target`, target);
  }
  if (!target) return wrongCount(directive, 'a path and a URL to redirect to');
  if (!isRegex && !/^(?:\/|[a-z0-9+.-]+:)/i.test(target.value)) {
    return badForm(directive, target, 'a URL with a scheme or a path that begins with a slash');
  }
  return undefined;
}

/** The short forms inside a section, whose path is the source. */
function isForLocation(status: number | undefined, second: boolean, third: boolean): boolean {
  if (third) return false;
  if (status === undefined) return !second;
  return second ? isRedirectStatus(status) : true;
}

function statusOf(text: string): number | undefined {
  const word = words[text.toLowerCase()];
  if (word !== undefined) return word;
  return /^\d/.test(text) ? Number.parseInt(text, 10) : undefined;
}

function judgeAlias(directive: Directive, around: Around): Refusal | undefined {
  const inPath = hasPath(around);
  if (directive.args.length === 2) {
    return inPath ? refusal(directive, 'inside of a section it takes one argument, the target') : undefined;
  }
  if (inPath !== false) return undefined;
  return refusal(directive, 'it takes two arguments outside of a <Location>');
}

/** The pattern comes first. */
const judgeMatch: Handler = (directive) => judgeRegexAt(directive, 0);

export const handlers: Handlers = {
  alias: judgeAlias,
  aliasmatch: judgeMatch,
  redirect: judgeRedirect,
  redirectmatch: judgeRedirect,
  redirectpermanent: judgeRedirect,
  redirecttemp: judgeRedirect,
  scriptalias: judgeAlias,
  scriptaliasmatch: judgeMatch,
};
