import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, firstRefusal, refusal, wrongCount, type Handlers, type Refusal } from '../refusal.ts';
import { healthCheckParameters } from './mod-proxy-hcheck-parameters.ts';

const longestName = 15;

/** `ProxyHCExpr name {expression}`, `set_hc_condition`; the expression is judged elsewhere. */
function judgeCondition(directive: Directive): Refusal | undefined {
  const [name, expression] = directive.args;
  if (!name?.value || !expression?.value) return wrongCount(directive, 'a name and an expression in braces');
  if (name.value.length > longestName) return badForm(directive, name, `a name of at most ${longestName} characters`);
  const isBraced = expression.quote === '' && expression.value.startsWith('{');
  const end = isBraced ? directive.args.findIndex(({ value }) => value.endsWith('}')) : 1;
  const extra = end === -1 ? undefined : directive.args[end + 1];
  return extra && refusal(directive, 'nothing may stand behind the expression', extra);
}

/** `ProxyHCTemplate name key=value ...`, `set_hc_template`. */
function judgeTemplate(directive: Directive): Refusal | undefined {
  const [name, ...parameters] = directive.args;
  if (!name) return wrongCount(directive, 'a name and parameters');
  return firstRefusal(parameters, (word) => {
    const at = word.value.indexOf('=');
    const key = word.value.slice(0, at).toLowerCase();
    if (at === -1) return badForm(directive, word, 'a parameter of the form "key=value"');
    if (!Object.hasOwn(healthCheckParameters, key)) {
      return badForm(
        directive,
        word,
        `one of the parameters ${Object.keys(healthCheckParameters)
          .map((each) => `"${each}"`)
          .join(', ')}`,
      );
    }
    const expected = healthCheckParameters[key]!(word.value.slice(at + 1));
    return expected === undefined ? undefined : badForm(directive, word, `"${key}=" with ${expected}`);
  });
}

export const handlers: Handlers = { proxyhcexpr: judgeCondition, proxyhctemplate: judgeTemplate };
