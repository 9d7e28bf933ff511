/** When fixes, and texts after them, are the same. */
import type { Finding } from '../rules/finding.ts';
import { placeInEditedFile, type Canonical } from './apply.ts';

export function withoutFix(finding: Finding): Finding {
  const { fix, ...rest } = finding;
  return fix ? rest : finding;
}

/** The same fix in a later pass, when the text before it has changed. */
export function keyOf({ rule, message, place, fix }: Finding): string {
  return [rule, message, place.file.path, ...(fix?.edits ?? []).map(({ text }) => text)].join('\0');
}

export function kindOf({ rule, place }: Finding, canonical: Canonical): string {
  return `${rule}\0${canonical(placeInEditedFile(place).file.path)}`;
}

export function fingerprint(texts: Texts): string {
  return JSON.stringify([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Texts by canonical path, in place of what the files hold. */
export type Texts = ReadonlyMap<string, string>;
