import { defineRule } from '../define-rule.ts';
import { refused } from '../_shared/refused.ts';

export default defineRule({
  meta: {
    summary: 'A directive or value that the targeted server version does not have yet',
    why: 'The targeted version refuses the whole configuration.',
    how: 'Raise the target if the server is newer, or leave the directive out.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/CHANGES', 'https://httpd.apache.org/docs/2.4/new_features_2_4.html'],
  },
  ...refused('needs-newer-version'),
});
