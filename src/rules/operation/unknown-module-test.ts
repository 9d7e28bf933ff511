import { apacheModules, sourceFileOf } from '../../servers/apache/facts/index.ts';
import { placeIn } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'An <IfModule> that asks for a name that no module has',
    why: 'Modules are known by the name of their source file, "mod_ssl.c", or of their symbol, "ssl_module". With any other name the section is skipped without a word, and what it should protect or redirect is not.',
    how: 'Write the name of the file with ".c", or of the symbol as in LoadModule.',
    whenOff: 'Where a module of your own has that name.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    references: ['https://httpd.apache.org/docs/2.4/mod/core.html#ifmodule'],
  },
  messages: {
    never: 'No module has the name "{{name}}", so this section is never read; write "{{right}}".',
    always: 'No module has the name "{{name}}", so this section is always read; write "{{right}}".',
  },
  check({ report }) {
    return {
      directives: {
        ifmodule(section) {
          const [word] = section.args;
          const isNegated = word?.value.startsWith('!') ?? false;
          const name = word?.value.slice(isNegated ? 1 : 0) ?? '';
          const right = rightName(name);
          if (!word || right === undefined) return;
          const edits = [{ place: placeIn(section, word), text: word.raw.replace(name, right) }];
          // What was never read was never judged either: httpd might refuse it now.
          const fix = isNegated ? { fix: { title: `Write "${right}"`, edits } } : {};
          report({
            message: isNegated ? 'always' : 'never',
            at: placeIn(section, word),
            data: { name, right },
            ...fix,
          });
        },
      },
    };
  },
});

/** The name that a module of httpd really has; undefined for one that is right, or that may be one of somebody else's. */
function rightName(name: string): string | undefined {
  const bare = name
    .replace(/\.(?:c|so)$/i, '')
    .replace(/_module$/i, '')
    .replace(/^mod_/i, '')
    .toLowerCase();
  const module = apacheModules().find(({ identifier }) => identifier === `${bare}_module`);
  if (!module) return undefined;
  const file = sourceFileOf(module);
  if (name === file || name === module.identifier) return undefined;
  // Only what is written in one of the two forms, and wrongly, can be nothing else.
  const isForm = /^mod_\w+(?:\.so)?$/i.test(name) || /\.c$/i.test(name) || name.toLowerCase() === module.identifier;
  return isForm ? file : undefined;
}
