import { compareVersions, parseVersion, type Version } from '../../../model/versions.ts';
import { unknown, type Unknown } from '../../../model/model.ts';
import type { Directive } from '../../../syntax/tree.ts';
import type { Environment } from './environment.ts';

/**
 * Whether the content of a conditional container holds: true, false, unknown, or the bare name of the module that decides it
 * (`ssl` for `<IfModule mod_ssl.c>`). Undefined for a directive that is no such container.
 */
export function conditionOf(directive: Directive, environment: Environment): boolean | Unknown | string | undefined {
  switch (directive.key) {
    case 'ifmodule':
      return moduleCondition(directive, environment);
    case 'ifdefine':
      return defineCondition(directive, environment);
    case 'ifversion':
      return versionCondition(directive, environment.version);
    case 'iffile':
    case 'ifdirective':
    case 'ifsection':
      return unknown;
    default:
      return undefined;
  }
}

function moduleCondition(directive: Directive, environment: Environment): boolean | string | Unknown {
  const written = directive.args[0]?.value ?? '';
  const negated = written.startsWith('!');
  const match = /^!?(?:mod_(\w+)\.c|(\w+)_module)$/.exec(written);
  const name = match && (match[1] ?? match[2]!);
  const has = name ? environment.hasModule(name) : undefined;
  if (has !== undefined) return has !== negated;
  return name && !negated ? name : unknown;
}

function defineCondition(directive: Directive, environment: Environment): boolean | Unknown {
  const name = directive.args[0]?.value ?? '';
  if (!name.startsWith('!')) return environment.isDefined(name);
  return environment.isDefined(name.slice(1)) === true ? false : unknown;
}

/** The releases between which an unnamed target may lie: all of 2.4. */
const oldest: Version = [2, 4, 0];
const newest: Version = [2, 4, 999];

/** `>= 2.4.10`, `!< 2.4`; one word only means `=`. A regular expression as version is unknown. */
function versionCondition(directive: Directive, target: Version | undefined): boolean | Unknown {
  const words = directive.args.map((word) => word.value);
  const negated = words[0]?.startsWith('!') ?? false;
  const [first = '', second] = words.map((word, index) => (index === 0 && negated ? word.slice(1) : word));
  const operator = second === undefined ? '=' : first;
  const version = parseVersion(second ?? first);
  if (!version || !/^(?:==?|[<>]=?)$/.test(operator)) return unknown;
  if (target) return holds(target, operator, version) !== negated;
  if (holds(oldest, operator, version) !== holds(newest, operator, version)) return unknown;
  if (operator.startsWith('=') && compareVersions(version, oldest) > 0 && compareVersions(version, newest) < 0)
    return unknown;
  return holds(oldest, operator, version) !== negated;
}

/** A number that is not written counts as 0, also for `=`. */
function holds(actual: Version, operator: string, version: Version): boolean {
  const order = compareVersions(actual, version);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return order === 0;
  }
}
