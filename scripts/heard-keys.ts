/** What a rule needs, where its check tells: the directives that it has hooks for. */
import { checksFor } from '../src/rules/checks.ts';
import type { Rule, RuleContext, Visitor } from '../src/rules/define-rule.ts';
import type { Needs } from '../src/rules/needs.ts';
import type { Dialect } from '../src/syntax/tree.ts';

/** What the rule says of itself, or what it listens to; undefined: it may have something to say of any config. */
export function needsOf(rule: Rule, dialect: Dialect): Needs | undefined {
  return rule.meta.needs?.[dialect] ?? heardKeys(rule, dialect);
}

/**
 * The keys of the directives for which a rule has hooks, where it has no other hooks and its check asks nothing of a config before they are
 * called: it needs one of them in any config. Undefined for other rules.
 */
export function heardKeys(rule: Rule, dialect: Dialect): readonly string[] | undefined {
  const context = unasked(dialect);
  const keys: string[] = [];
  for (const check of checksFor(rule.check, dialect)) {
    const visitor = visitorOf(() => check(context));
    if (!visitor) return undefined;
    const { directives = {}, ...others } = visitor;
    if (Object.keys(others).length > 0 || '*' in directives) return undefined;
    keys.push(...Object.keys(directives));
  }
  return [...new Set(keys)];
}

class Asked extends Error {}

function visitorOf(check: () => Visitor): Visitor | undefined {
  try {
    return check();
  } catch (error) {
    if (error instanceof Asked) return undefined;
    throw error;
  }
}

/** A context whose parts may be taken, but not looked into. */
function unasked(dialect: Dialect): RuleContext<Rule['messages']> {
  const refuse = (): never => {
    throw new Asked();
  };
  const part = new Proxy(refuse, {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getOwnPropertyDescriptor: refuse,
    getPrototypeOf: refuse,
  });
  return new Proxy({} as RuleContext<Rule['messages']>, {
    get: (_, name) => {
      if (name === 'dialect') return dialect;
      // The model and the topology are made when they are asked for.
      return name === 'model' || name === 'topology' ? refuse() : part;
    },
    has: refuse,
    ownKeys: refuse,
  });
}
