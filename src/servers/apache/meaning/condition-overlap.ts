/** httpd's conditional containers, as rules that compare two directives need them. */
import { enclosing, type Directive } from '../../../syntax/tree.ts';

const conditional = new Set(
  (
    'ifmodule ifdefine ifversion iffile ifdirective ifsection macro ' +
    'if elseif else directory directorymatch files filesmatch'
  ).split(' '),
);

/**
 * The conditions that decide whether a directive is read, or for which requests it holds beside those of its path;
 * `<IfModule mod_x.c>` around what mod_x does counts as fulfilled.
 */
function conditionsOf(directive: Directive | undefined): readonly Directive[] {
  const conditions: Directive[] = [];
  for (let around = directive && enclosing(directive); around; around = enclosing(around)) {
    const isPlain = around.key === 'ifmodule' && !around.args[0]?.value.startsWith('!');
    if (conditional.has(around.key) && !isPlain) conditions.push(around);
  }
  return conditions;
}

/** True if the first directive holds whenever the second one does; undefined stands for the config as a whole. */
export function holdsWith(first: Directive, second: Directive | undefined): boolean {
  const conditions = conditionsOf(first);
  if (conditions.length === 0) return true;
  const others = conditionsOf(second);
  return conditions.every((condition) => others.includes(condition));
}
