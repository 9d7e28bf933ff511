import { rewriteVariables } from '../../servers/apache/facts/rewrite-variables.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { suggest } from '../../text/suggest.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A variable that mod_rewrite does not know, or does not take for one',
    why: 'httpd does not complain: "%{NAME}" is empty then, so that a condition never holds, or always, and a redirect loses a part of its path.',
    how: 'Write a name that mod_rewrite knows, such as %{REQUEST_URI}; %{ENV:name} for a variable of the environment, %{HTTP:name} for a header, %{SSL:name} for one of mod_ssl.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewritecond'],
  },
  messages: {
    misspelled:
      'The variable "{{name}}" is always empty: mod_rewrite has none of this name. Did you mean "{{suggestion}}"?',
    sign: '"{{name}}" is taken as it is written: a variable begins with "%".',
    elsewhere: 'The variable "{{name}}" is always empty: mod_rewrite knows it as "{{suggestion}}" only.',
  },
  check({ report }) {
    function check(directive: Directive): void {
      // An expression has variables of its own.
      if (directive.key === 'rewritecond' && /^expr$/i.test(directive.args[0]?.value ?? '')) return;
      const word = directive.args[directive.key === 'rewritecond' ? 0 : 1];
      for (const [, name] of word?.value.matchAll(/%\{([A-Z][A-Z0-9_]*)\}/g) ?? []) {
        if (rewriteVariables.has(name!)) continue;
        const at = placeIn(directive, word!);
        const near = suggest(name!, rewriteVariables);
        const elsewhere = elsewhereAs(name!);
        if (near) report({ message: 'misspelled', at, data: { name: name!, suggestion: `%{${near}}` } });
        else if (elsewhere) report({ message: 'elsewhere', at, data: { name: name!, suggestion: elsewhere } });
      }
    }

    function checkSign(directive: Directive): void {
      const word = directive.args[directive.key === 'rewritecond' ? 0 : 1];
      for (const [, name] of word?.value.matchAll(/(?<![%$\\:])(\{[A-Z][A-Z0-9_]*\})/g) ?? []) {
        if (rewriteVariables.has(name!.slice(1, -1)))
          report({ message: 'sign', at: placeIn(directive, word!), data: { name: name! } });
      }
    }

    const checkBoth = (directive: Directive): void => {
      check(directive);
      checkSign(directive);
    };
    return { directives: { rewritecond: checkBoth, rewriterule: checkBoth } };
  },
});

/** How mod_rewrite is asked for headers, variables of mod_ssl, and those of the environment. */
function elsewhereAs(name: string): string | undefined {
  if (name.startsWith('SSL_')) return `%{SSL:${name}}`;
  if (/^(?:REDIRECT_\w+|SCRIPT_UR[IL]|UNIQUE_ID)$/.test(name)) return `%{ENV:${name}}`;
  const header = /^HTTP_(\w+)$/.exec(name)?.[1];
  if (header === undefined) return undefined;
  const words = header.split('_').map((word) => word.slice(0, 1) + word.slice(1).toLowerCase());
  return `%{HTTP:${words.join('-')}}`;
}
