import { patternSection } from '../../servers/apache/meaning/proxy-pass.ts';
import { schemeOf } from '../../model/scheme.ts';
import type { Directive, Word } from '../../syntax/tree.ts';

/** Directives of httpd that put groups of a pattern into what they lead to. */
export const apacheUsers = ['rewriterule', 'redirectmatch', 'aliasmatch', 'scriptaliasmatch', 'proxypassmatch'];

export interface ReferenceUse {
  readonly pattern: string;
  /** The word with the references. */
  readonly target: Word | undefined;
}

/** The pattern that such a directive has; undefined where it is not known, or where it must not match. */
export function apacheUse(directive: Directive): ReferenceUse | undefined {
  const { key, args } = directive;
  // The status of a redirect may be left out, and in a section the pattern.
  const words = key === 'redirectmatch' && args.length > 2 ? args.slice(1) : args;
  const section = key === 'proxypassmatch' && isUrl(words[0]) ? patternSection(directive) : undefined;
  const [pattern, target] = section ? [section.args.at(-1), words[0]] : words;
  if (!pattern || !target || /^!|[$%]\{|<%|\{\{/.test(pattern.value)) return undefined;
  return { pattern: pattern.value, target };
}

function isUrl({ value = '' }: Partial<Word> = {}): boolean {
  return value.startsWith('unix:') || schemeOf(value) !== undefined;
}
