import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A file includes itself, directly or through others',
    why: 'The server reads in circles until it runs out of file handles or levels, and then refuses the configuration.',
    how: 'Remove the include that leads back.',
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
  messages: { cycle: '"{{path}}" is being read already: this include leads back to it.' },
  check: ({ report }) => {
    const visit = (directive: Directive): void => {
      const failure = directive.includeFailure;
      if (failure?.reason === 'cycle') report({ message: 'cycle', at: directive, data: { path: failure.path } });
    };
    return { directives: { include: visit, includeoptional: visit, '@include': visit } };
  },
});
