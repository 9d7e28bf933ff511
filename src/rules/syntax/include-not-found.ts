import { enclosing, type Directive } from '../../syntax/tree.ts';
import { isAbsolute } from '../../text/paths.ts';
import { defineRule, type RuleContext } from '../define-rule.ts';

/** httpd sections whose contents it may skip, includes and all. */
const conditional = new Set(['ifmodule', 'ifdefine', 'ifversion', 'iffile', 'ifdirective', 'ifsection']);

const messages = {
  missingHere:
    'The included file "{{path}}" does not exist. sslh looks for a relative path in the directory that it is started in.',
  missing: 'The included file "{{path}}" does not exist.',
  noMatch: 'No file matches "{{path}}", and Apache refuses an Include without a match.',
  unreadable: '"{{path}}" is no regular file, so it was not read.',
  outside: '"{{path}}" lies outside of the root directory, so it was not read.',
  foreign: '"{{path}}" is no configuration, so the server refuses it. Its text is not shown.',
  tooDeep: 'The includes go too deep or are too many, so "{{path}}" was not read.',
} as const;

export default defineRule({
  meta: {
    summary: 'An included file cannot be read',
    why: 'The server refuses the whole configuration when a file that it is told to include is missing or no regular file.',
    how: {
      nginx: 'Correct the path, create the file, or remove the include. Where the file is optional, use a pattern.',
      apache:
        'Correct the path, create the file, or remove the include. Where the file is optional, use IncludeOptional.',
      sslh: 'Correct the path, best to an absolute one, create the file, or remove the include. A star in the name stands for itself.',
    },
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache', 'sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/ngx_core_module.html#include',
      'https://httpd.apache.org/docs/2.4/mod/core.html#include',
      'https://hyperrealm.github.io/libconfig/libconfig_manual.html#Include-Directives',
    ],
  },
  messages,
  check: {
    nginx: (context) => ({ directives: { include: (directive) => check(context, directive, 'missing') } }),
    apache(context) {
      const visit = (directive: Directive): void => {
        const isPattern = /[*?[]/.test(directive.includeFailure?.path ?? '');
        check(context, directive, isPattern ? 'noMatch' : 'missing');
      };
      return { directives: { include: visit, includeoptional: visit } };
    },
    sslh: (context) => ({
      directives: {
        '@include'(directive) {
          const isRelative = !isAbsolute(directive.args[0]?.value ?? '');
          check(context, directive, isRelative ? 'missingHere' : 'missing');
        },
      },
    }),
  },
});

type Absent = 'missing' | 'missingHere' | 'noMatch';

function check({ report }: RuleContext<typeof messages>, directive: Directive, absent: Absent): void {
  const failure = directive.includeFailure;
  if (!failure || isConditional(directive)) return;
  const at = directive;
  const data = { path: failure.path };
  switch (failure.reason) {
    case 'not-found':
      report({ message: absent, at, data, ...(absent === 'missingHere' && { confidence: 'medium' }) });
      break;
    case 'unreadable':
      report({ message: 'unreadable', at, data, confidence: 'medium' });
      break;
    case 'outside-root':
      report({ message: 'outside', at, data, severity: 'warning' });
      break;
    case 'foreign':
      report({ message: 'foreign', at, data, confidence: 'medium' });
      break;
    case 'too-deep':
      report({ message: 'tooDeep', at, data, severity: 'warning' });
      break;
    case 'cycle':
    case 'no-match':
    case 'unresolved':
  }
}

function isConditional(directive: Directive): boolean {
  for (let outer = enclosing(directive); outer; outer = enclosing(outer)) if (conditional.has(outer.key)) return true;
  return false;
}
