import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A setting is written twice in one group',
    why: 'The parser stops with "duplicate setting name", so sslh does not start.',
    how: 'Keep one of both; several entries belong in one list.',
    severity: 'error',
    confidence: 'high',
    dialects: ['sslh'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://hyperrealm.github.io/libconfig/libconfig_manual.html#Settings'],
  },
  messages: { duplicate: 'The setting "{{name}}" is already there in this group.' },
  check: ({ report }) => ({
    block(block) {
      if (block.kind !== 'group' && block.kind !== 'file') return;
      const first = new Map<string, Directive>();
      for (const setting of children(block)) {
        if (setting.key === '' || setting.key === '@include') continue;
        const earlier = first.get(setting.key);
        if (!earlier) first.set(setting.key, setting);
        else {
          report({
            message: 'duplicate',
            at: { file: setting.parent.file, ...spanOfName(setting) },
            data: { name: setting.key },
            related: [{ at: { file: earlier.parent.file, ...spanOfName(earlier) }, message: 'it is set here first' }],
          });
        }
      }
    },
  }),
});

function spanOfName({ name }: Directive): { start: number; end: number } {
  return { start: name.start, end: name.end };
}
