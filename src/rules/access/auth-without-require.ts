import { enclosingNamed, type Block, type Directive } from '../../syntax/tree.ts';
import { directivesByKey } from '../../syntax/walk.ts';
import { hasGap } from '../../syntax/template-gaps.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A login that nothing requires',
    why: 'AuthType says how to log in, and only Require says that one must. Without it every request ends in an error 500, or, where an outer section says "Require all granted", everybody gets in without a password.',
    how: 'Add "Require valid-user", or the users and groups that may come in.',
    whenOff: 'Where the `Require` stands in a file that proxylint does not see.',
    severity: 'error',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['authtype'] },
    references: [
      'https://httpd.apache.org/docs/2.4/howto/auth.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require',
    ],
  },
  messages: { notRequired: 'Nobody is asked to log in here: no "Require" asks for a user.' },
  check({ config, report }) {
    return {
      start() {
        const byKey = directivesByKey(config.file.root);
        const types = (byKey.get('authtype') ?? []).filter(({ args }) => !/^none$/i.test(args[0]?.value ?? ''));
        if (types.length === 0 || config.files.some(({ root }) => isUnread(root))) return;
        const requirements = [...(byKey.get('require') ?? []), ...(byKey.get('use') ?? [])].filter(asksForUser);
        for (const type of types) {
          if (enclosingNamed(type, 'macro') || requirements.some((each) => mayHoldWith(each, type))) continue;
          report({ message: 'notRequired', at: type, confidence: config.complete ? 'high' : 'medium' });
        }
      },
    };
  },
});

/** All that can be met without a login; what a macro holds is not looked for. */
const withoutLogin = /^(?:all|ip|host|local|env|method|expr|forward-dns|ssl|ssl-verify-client|not)$/i;

function asksForUser({ key, args }: Directive): boolean {
  return key === 'use' || !withoutLogin.test(args[0]?.value ?? '');
}

/** Another virtual host is another matter; within one, sections of any kind may be laid over each other. */
function mayHoldWith(requirement: Directive, type: Directive): boolean {
  const host = enclosingNamed(requirement, 'virtualhost');
  const own = enclosingNamed(type, 'virtualhost');
  return host === own || host === undefined || own === undefined;
}

function isUnread(block: Block): boolean {
  if (hasGap(block)) return true;
  return block.directives.some(
    (each) =>
      (each.includeFailure !== undefined && each.includeFailure.reason !== 'no-match') ||
      (each.block !== undefined && isUnread(each.block)),
  );
}
