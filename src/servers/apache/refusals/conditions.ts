/** What the conditions around a directive say about the server that reads it. */
import { unknown } from '../../../model/model.ts';
import { enclosing, type Directive } from '../../../syntax/tree.ts';
import { isConditional, isNegated, type ApacheSections } from '../meaning/section-kinds.ts';

/** Whether the directive is read only with a module that is not one of httpd's own. */
export function isOfAnotherModule(directive: Directive, sections: ApacheSections): boolean {
  return conditionsAround(directive).some(
    (each) => each.key === 'ifmodule' && !isNegated(each) && sections.isRead(each) === unknown,
  );
}

/** Whether a condition around asks for the version, or for a module that is always there today: what it holds may be for an older server. */
export function isForAnotherServer(directive: Directive): boolean {
  return conditionsAround(directive).some(
    (each) => each.key === 'ifversion' || (each.key === 'ifmodule' && isNegated(each)),
  );
}

function conditionsAround(directive: Directive): Directive[] {
  const conditions: Directive[] = [];
  for (let around = enclosing(directive); around; around = enclosing(around))
    if (isConditional(around)) conditions.push(around);
  return conditions;
}
