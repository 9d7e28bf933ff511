/** The text of a new rule. */
export interface Wanted {
  /** The version of proxylint that brings the rule. */
  readonly version: string;
  /** Whether it asks what the config means, and not how it is written. */
  readonly model: boolean;
  readonly dialects: readonly string[];
}

export function scaffold({ version, model, dialects }: Wanted): string {
  return `import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: '',
    why: '',
    how: '',
    severity: 'warning',
    confidence: 'high',
    dialects: [${dialects.map((dialect) => `'${dialect}'`).join(', ')}],
    since: '${version}',
    set: 'recommended',
    references: [],
  },
${model ? modelCheck : syntaxCheck(dialects)}});
`;
}

/** Servers have directives of their own, so each has a check of its own. */
function syntaxCheck(dialects: readonly string[]): string {
  const hooks = (indent: string): string => `({ report }) => ({
${indent}  directives: {
${indent}    '': (directive) => report({ message: 'found', at: directive, data: { name: directive.name.value } }),
${indent}  },
${indent}}),
`;
  const check =
    dialects.length > 1
      ? `  check: {\n${dialects.map((dialect) => `    ${dialect}: ${hooks('    ')}`).join('')}  },\n`
      : `  check: ${hooks('  ')}`;
  return `  messages: { found: 'The directive "{{name}}" .' },\n${check}`;
}

/** The model is the same for all servers. */
const modelCheck = `  messages: { found: 'The place "{{path}}" .' },
  check: ({ report }) => ({
    /** Once an address and port, with the virtual hosts on it. Delete the hooks that the rule does not need. */
    listener() {},
    /** Once a virtual host: its names, TLS settings, routes, and what holds in its scope. */
    virtualHost() {},
    /** Once a location, ProxyPass or the like: what it matches, what answers, and what the backend gets. */
    route({ directive, match, scope, preemptedBy }) {
      // Another answers first, or what the rule asks for is set where it was not seen.
      if (preemptedBy || scope.certainty('') === 'unread') return;
      report({ message: 'found', at: directive, data: { path: match.pattern } });
    },
  }),
`;
