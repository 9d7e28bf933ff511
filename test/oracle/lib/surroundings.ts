/** What of an httpd config the machine decides, not the text: variables of the environment, and sections under unknown conditions. */
import type { Config } from '../../../src/syntax/config.ts';
import { unknown } from '../../../src/model/model.ts';
import { enclosing, headerOf, type Directive } from '../../../src/syntax/tree.ts';
import { walk } from '../../../src/syntax/walk.ts';
import { ApacheSections } from '../../../src/servers/apache/meaning/section-kinds.ts';
import type { Targets } from '../../../src/model/versions.ts';

/** The reason why the text does not decide what the server makes of the directive on a line; undefined if it does. */
export function machineDecides(config: Config, targets: Targets, line: number): string | undefined {
  const directive = directiveAt(config, line);
  if (!directive) return undefined;
  const sections = new ApacheSections(config, targets);
  const holdsVariable = directive.args.some((word) => {
    return /\$\{[^}:]+\}/.test(word.value) && sections.environment.text(word) === unknown;
  });
  if (holdsVariable) return 'a variable that the environment may set';
  for (let around: Directive | undefined = directive; around; around = enclosing(around)) {
    if (around.block && sections.isRead(around) === unknown) return 'a section that is read on some machines only';
  }
  return undefined;
}

/** The directive whose name and arguments stand on a line, the last one of those that go on over several lines. */
function directiveAt(config: Config, line: number): Directive | undefined {
  let found: Directive | undefined;
  walk(config.file.root, (directive) => {
    const { file, start, end } = headerOf(directive);
    if (file === config.file.source && file.positionAt(start).line <= line && file.positionAt(end).line >= line) {
      found = directive;
    }
  });
  return found;
}
