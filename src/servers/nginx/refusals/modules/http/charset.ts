import type { Directive } from '../../../../../syntax/tree.ts';
import { isBefore } from '../../../../../model/versions.ts';
import { levelOf, mergedLevels, settingInForce } from '../../in-force.ts';
import { hasVariable } from '../../../meaning/values.ts';
import { firstOf } from '../../named-once.ts';
import { refuseForm } from '../../refuse.ts';
import { remembered, type ModuleChecks, type NginxCheck, type Run } from '../../run.ts';

/** The pairs of charsets between which there is a table; nginx reads each in both directions. */
const pairs = remembered(() => new Set<string>());

const charsetMap: NginxCheck = (directive, run) => {
  const [from, to] = directive.args.map(({ value }) => value.toLowerCase());
  if (from === to) {
    refuseForm(run, directive, directive.args[1]!, 'another charset than the first');
    return;
  }
  if (from === 'utf-8' && !isBefore(run.version, '1.31.3'))
    refuseForm(run, directive, directive.args[0]!, 'possible here: it must be the second of both');
  const key = pairOf(from!, to!);
  pairs(run).add(key);
  const first = firstOf(run, `charset_map ${key}`, directive);
  if (!first) return;
  const related = [{ at: first, message: 'the first is here' }];
  const data = { name: directive.args.map(({ value }) => value).join(' ') };
  run.refusals.report({ rule: 'duplicate-directive', message: 'entry', at: directive, data, related });
};

function pairOf(one: string, other: string): string {
  return [one, other].sort().join(' ');
}

const sources = remembered((): Directive[] => []);

const sourceCharset: NginxCheck = (directive, run) => {
  sources(run).push(directive);
};

/** `ngx_http_charset_postconfiguration`: what is translated needs a table. */
function checkTables(run: Run): void {
  if (!run.config.serversComplete) return;
  for (const source of sources(run)) {
    for (const level of mergedLevels(run, levelOf(source, run))) {
      const target = settingInForce(run, level, 'charset')?.args[0]?.value.toLowerCase();
      const value = source.args[0]!.value.toLowerCase();
      if (target === undefined || target === 'off' || target === value || hasVariable(target + value)) continue;
      if (pairs(run).has(pairOf(value, target))) continue;
      refuseForm(run, source, source.args[0]!, `a charset that a "charset_map" translates to "${target}"`);
      break;
    }
  }
}

export const charset: ModuleChecks = {
  directives: { charset_map: charsetMap, source_charset: sourceCharset },
  end: checkTables,
};
