/** What a text says for sslh, line by line. */
import { lineSigns } from '../../syntax/comments.ts';
import { settingForms } from './facts/index.ts';
import { Marks, type Mark } from '../detection/marks.ts';

/** A comment, a line within one, or an include. */
const noSetting = new RegExp(String.raw`^(?:${lineSigns}|\/\*|\*|@include\s)`);
/** A whole setting, with a comment behind it if any. */
const setting = new RegExp(String.raw`^[a-z][\w-]*\s*[:=].*;\s*(?:(?:${lineSigns}|\/\*).*)?$`);

const scopes = ['main', 'listen', 'protocols'] as const;

export function marksForSslh(lines: readonly string[]): Marks {
  const marks = new Marks();
  for (const line of lines) {
    marks.add(markOf(line));
    if (marks.isSettled) break;
  }
  return marks;
}

export function isSslhLine(line: string): boolean {
  return markOf(line) === 'strong';
}

function markOf(line: string): Mark {
  if (/^[\s(){}[\];,]*$/.test(line) || noSetting.test(line)) return 'neutral';
  const settings = [...line.matchAll(/(?:^|[{;,(]\s*)([A-Za-z*][\w*-]*)\s*[:=]/g)].map((match) => match[1]!);
  if (settings.length === 0) return /^["@/]/.test(line) ? 'neutral' : 'foreign';
  if (!settings.every(isSetting)) return 'foreign';
  if (/^(?:protocols|listen)\s*[:=]\s*(?:\(|$)/.test(line)) return 'strong';
  if (/\{\s*(?:name|host)\s*[:=]\s*"/.test(line)) return 'strong';
  return setting.test(line) && !/^(?:name|host|port|user|service|fork)\b/.test(line) ? 'strong' : 'weak';
}

function isSetting(name: string): boolean {
  return scopes.some((scope) => settingForms(scope, name).length > 0);
}
