/** What formatters for people say besides the findings. The texts hold names of files and errors: to be escaped. */
import type { ConfigEffect } from '../config/effect.ts';
import type { Failure } from '../lint/failure.ts';
import type { Notice } from '../text/budget.ts';
import { plural } from './plural.ts';
import { locate, type Report } from './report.ts';

const issues = 'https://github.com/proxylint/proxylint/issues';

/** `The rule X failed at a.conf:3:5: message` */
export function describeFailure(failure: Failure): string {
  const { place, file, message } = failure;
  const at = place && locate(place);
  const where = at ? `${at.file}:${at.start.line}:${at.start.column}` : (file.outer?.path ?? file.path);
  return `${whatFailed(failure)} failed at ${where}: ${message}`;
}

function whatFailed({ rules }: Failure): string {
  if (rules.length === 0) return 'Reading';
  return rules.length === 1 ? `The rule ${rules[0]}` : `The rules ${listed(rules)}`;
}

/** `nginx.conf:3: "../secret" was not read: ...` */
export function describeNotice({ message, place }: Notice): string {
  const at = place && locate(place);
  return at ? `${at.file}:${at.start.line}: ${message}` : message;
}

/** What it means and whom to tell, with what. */
export function adviceOn({ rules, dialect }: Failure, { version, runtime }: Report): string {
  const isOfPlugin = rules.length > 0 && rules.every((id) => id.includes('/'));
  const whose = rules.length === 1 ? 'Its' : 'Their';
  const missing =
    rules.length === 0 ? 'Nothing in it was checked.' : `${whose} findings may be missing; the others ran.`;
  const whom = isOfPlugin ? 'Please tell the author of the plugin' : `Please report it at ${issues}`;
  const facts = [`proxylint ${version}`, runtime, dialect].filter((fact) => fact !== undefined).join(', ');
  return `${missing} ${whom}, with the lines of the config and this: ${facts}.`;
}

/** Where it happened, for who debugs; else nothing. */
export function stackLines({ stack }: Failure, { debug }: Report): string[] {
  return debug && stack !== undefined ? stack.split('\n') : [];
}

/** What of the findings is not in the list, each as `, 3 suppressed`. */
export function describeLeftOut({ suppressed, baseline, unchanged, hidden }: Report): string {
  const parts = [
    suppressed > 0 && `${suppressed} suppressed`,
    baseline && baseline.known > 0 && `${baseline.known} in the baseline`,
    unchanged && `${unchanged} outside of the changes`,
    hidden && `${hidden} not shown`,
  ].filter((part) => typeof part === 'string');
  return parts.map((part) => `, ${part}`).join('');
}

/** What may be taken out of the baseline; nothing if there is nothing. */
export function describeGone({ baseline }: Report): string {
  if (!baseline || baseline.gone === 0) return '';
  const entries = baseline.gone === 1 ? 'entry is' : 'entries are';
  return `${baseline.path}: ${baseline.gone} ${entries} found no more; --update-baseline takes them out`;
}

/** `proxylint.json: 2 rules off (a, b), 1 file ignored` */
export function describeEffect({ path, off, lowered, options, ignored }: ConfigEffect): string {
  const parts = [
    off.length > 0 && `${plural(off.length, 'rule')} off (${listed(off)})`,
    lowered.length > 0 && `lower severity for ${plural(lowered.length, 'rule')} (${listed(lowered)})`,
    options.length > 0 && `other options for ${plural(options.length, 'rule')} (${listed(options)})`,
    ignored > 0 && `${plural(ignored, 'file')} ignored`,
  ].filter((part) => part !== false);
  return `${path}: ${parts.join(', ')}`;
}

const maxListed = 5;

function listed(ids: readonly string[]): string {
  const rest = ids.length - maxListed;
  return ids.slice(0, maxListed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
