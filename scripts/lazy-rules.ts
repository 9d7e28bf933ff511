/** The registry of the rules in the built program: a rule that has nothing to do in common configs is loaded when it is looked at. */
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import type { Rule } from '../src/rules/define-rule.ts';
import type { Need, Needs } from '../src/rules/needs.ts';
import { loadNow } from './common-js.ts';
import { needsOf } from './heard-keys.ts';
import { ruleFiles } from './gen/registry.ts';

/** By the id of a rule; the rules of a group are loaded together. A rule without one is loaded by itself. */
export type RuleGroups = ReadonlyMap<string, string>;

const namespace = 'rule-group';

export function lazyRules(rules: readonly Rule[], groups: RuleGroups): Plugin {
  return {
    name: 'lazy-rules',
    setup({ onLoad, onResolve }) {
      onLoad({ filter: /[\\/]src[\\/]rules[\\/]index\.gen\.ts$/ }, () => ({
        contents: registryOf(rules, groups),
        loader: 'ts',
      }));
      onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path }) => ({ path: path.split(':')[1]!, namespace }));
      onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: groupOf(rules.filter(({ id }) => groups.get(id) === path)),
        loader: 'ts',
        resolveDir: resolve('src/rules'),
      }));
    },
  };
}

/** A module that exports `rules`, as the registry does whose place it takes. */
export function registryOf(rules: readonly Rule[], groups: RuleGroups): string {
  const needs = new WrittenNeeds();
  const entries = rules.map((rule, index) => {
    const { id, category, meta } = rule;
    const written = meta.dialects.flatMap((dialect) => {
      const all = needsOf(rule, dialect);
      return all ? [`${dialect}: ${needs.write(all, `load${index}().meta.needs.${dialect}`)}`] : [];
    });
    const head = [`set: '${meta.set}'`, `dialects: ${JSON.stringify(meta.dialects)}`];
    if (written.length > 0) head.push(`needs: { ${written.join(', ')} }`);
    return `new LazyRule('${id}', '${category}', { ${head.join(', ')} }, load${index}),`;
  });
  return [
    "import { LazyRule } from './lazy-rule.ts';",
    ...rules.map(({ id }, index) => `const load${index} = () => ${loadOf(id, groups)};`),
    ...needs.constants,
    `export const rules = [\n${entries.join('\n')}\n];`,
    '',
  ].join('\n');
}

function loadOf(id: string, groups: RuleGroups): string {
  const group = groups.get(id);
  return group === undefined
    ? `${loadNow}(import('${pathOf(id)}')).default`
    : `${loadNow}(import('${namespace}:${group}')).${nameOf(id)}`;
}

function groupOf(rules: readonly Rule[]): string {
  return rules.map(({ id }) => `export { default as ${nameOf(id)} } from '${pathOf(id)}';\n`).join('');
}

/** What a group exports a rule as. */
function nameOf(id: string): string {
  return id.replaceAll('-', '_');
}

function pathOf(id: string): string {
  return ruleFiles().find((rule) => rule.id === id)!.path;
}

class WrittenNeeds {
  readonly constants: string[] = [];
  /** Rules share what they need, and a config is asked once whether it is there. */
  readonly #names = new Map<object, string>();

  /** @param place an expression for the list */
  write(needs: Needs, place: string): string {
    const items = needs.map((each: Need | readonly Need[], index) =>
      Array.isArray(each) ? this.write(each, `${place}[${index}]`) : this.#need(each as Need, `${place}[${index}]`),
    );
    return `[${items.join(', ')}]`;
  }

  #need(need: Need, place: string): string {
    if (typeof need === 'string') return JSON.stringify(need);
    let name = this.#names.get(need);
    if (name === undefined) {
      name = `need${this.#names.size}`;
      this.#names.set(need, name);
      this.constants.push(`const ${name} = ${need instanceof RegExp ? String(need) : testsOf(need, place)};`);
    }
    return name;
  }
}

function testsOf(need: Exclude<Need, string | RegExp>, place: string): string {
  const tests = Object.entries(need).map(([key, test]) => {
    const property = JSON.stringify(key);
    return `${property}: ${test instanceof RegExp ? String(test) : `(directive) => ${place}[${property}](directive)`}`;
  });
  return `{ ${tests.join(', ')} }`;
}
