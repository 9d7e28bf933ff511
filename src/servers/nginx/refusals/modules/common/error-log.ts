import { refuseChoice, refuseForm } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';
import { checkLogTarget } from './syslog.ts';

const levels = /^(?:debug|info|notice|warn|error|crit|alert|emerg|debug_(?:core|alloc|mutex|event|http|mail|stream))$/;

/** `ngx_log_set_log` and `ngx_log_set_levels`: one level, or debug levels of parts. */
export const errorLog: NginxCheck = (directive, run) => {
  const [target, ...rest] = directive.args;
  checkLogTarget(run, directive, target!);
  let first: string | undefined;
  for (const word of rest) {
    const { value } = word;
    if (!levels.test(value)) {
      refuseChoice(run, directive, word, '"debug", "info", "notice", "warn", "error", "crit", "alert" and "emerg"');
    } else if (first !== undefined && !(first.startsWith('debug_') && value.startsWith('debug_'))) {
      refuseForm(run, directive, word, 'possible beside another level');
    }
    first ??= value;
  }
};
