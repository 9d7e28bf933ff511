import type { Run } from './run.ts';

/** What can be judged only when all directives were seen. */
export function checkEnd(_run: Run): void {}
