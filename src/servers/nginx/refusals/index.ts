/** What nginx says of a config when it loads it. */
import type { ServerRefusals } from '../../server.ts';
import { analyze } from './analyze.ts';
import { nginxMessages } from './messages.ts';
import type { NginxRule } from './refusals.ts';

export { noticedAt } from './notice.ts';
export { hasUnquotedPattern } from './unquoted-pattern.ts';

export const nginxRefusals: ServerRefusals = {
  messages: nginxMessages,
  of: (rule, config, targets) => analyze(config, targets).of(rule as NginxRule),
};
