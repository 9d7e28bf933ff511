import { childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'Only one worker process',
    why: 'By default nginx starts one worker, which uses one processor core however many there are.',
    how: 'Write "worker_processes auto;" at the top.',
    severity: 'info',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'pedantic',
    references: ['https://nginx.org/en/docs/ngx_core_module.html#worker_processes'],
  },
  messages: {
    missing: 'Nothing sets "worker_processes", and one worker process is started.',
  },
  check: ({ config, report }) => ({
    start() {
      const { root } = config.file;
      const [events] = childrenNamed(root, 'events');
      if (!config.serversComplete || !events || childrenNamed(root, 'worker_processes').length > 0) return;
      report({ message: 'missing', at: events });
    },
  }),
});
