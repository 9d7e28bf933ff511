/** From what the page sets to what the linter takes. */
import { selectRules } from '../../../src/config/active-rules.ts';
import { loadSet } from '../../../src/config/sets.ts';
import type { RuleSettings } from '../../../src/config/types.ts';
import type { LintSettings } from '../../../src/lint/lint-source.ts';
import { settingsFrom } from '../../../src/lint/options.ts';
import { rules } from '../../../src/rules/index.gen.ts';
import type { Input } from '../protocol.ts';

/** Throws an `OptionError` for a version that is none. */
export async function settingsOf({ targets, profile }: Omit<Input, 'text'>): Promise<LintSettings> {
  const written = Object.entries(targets).filter(([, version]) => version.trim() !== '');
  const settings = await settingsFrom({
    targets: Object.fromEntries(written.map(([dialect, version]) => [dialect, version.trim()])),
  });
  if (profile === 'recommended') return settings;
  const { document } = await loadSet(profile, rules);
  return { ...settings, rules: selectRules(rules, { settings: [document.rules as RuleSettings] }) };
}
