import { refuseChoice } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';

const levels = /^(?:debug|info|notice|warn|error|crit|alert|emerg|debug_(?:core|alloc|mutex|event|http|mail|stream))$/;

/** `ngx_log_set_levels`. */
export const errorLog: NginxCheck = (directive, run) => {
  for (const word of directive.args.slice(1)) {
    if (!levels.test(word.value)) {
      refuseChoice(run, directive, word, '"debug", "info", "notice", "warn", "error", "crit", "alert" and "emerg"');
    }
  }
};
