/** What httpd says of a config when it loads it. */
import type { ServerRefusals } from '../../server.ts';
import { analyze } from './analyze.ts';
import { apacheMessages } from './messages.ts';

export const apacheRefusals: ServerRefusals = {
  messages: apacheMessages,
  of: (wanted, config, targets) => analyze(config, targets).filter(({ rule }) => rule === wanted),
};
