import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A comma without a value after it, which older versions of libconfig refuse',
    why: 'Only libconfig 1.7 and newer accepts it. With an older one, such as that of Debian 12 (libconfig 1.5), sslh stops with "syntax error".',
    how: 'Remove the comma; every version reads the list without it.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'safe',
    references: ['https://github.com/hyperrealm/libconfig/blob/master/ChangeLog'],
  },
  messages: {
    trailingComma:
      'No value follows this comma in the {{kind}}, which libconfig before 1.7 refuses (Debian 12 has 1.5).',
  },
  check: ({ report }) => ({
    problem(problem, { source }) {
      if (problem.code !== 'libconfig-trailing-comma') return;
      const place = { file: source, start: problem.start, end: problem.end };
      report({
        message: 'trailingComma',
        at: place,
        data: { kind: problem.name ?? 'list' },
        fix: { title: 'Remove the comma', edits: [{ place, text: '' }] },
      });
    },
  }),
});
