import { expect } from 'vitest';

import { formatText, type FormatSettings } from '../../src/format/format-text.ts';

/** The text as it is laid out; it must be read without fault, and a second run must change nothing. */
export async function formatted(path: string, text: string, settings: FormatSettings = {}): Promise<string> {
  const first = await formatText(path, text, settings);
  expect(first.faults).toEqual([]);
  expect(first.configs).toBeGreaterThan(0);
  const second = await formatText(path, first.text, settings);
  expect(second.text).toBe(first.text);
  expect(second.edits).toEqual([]);
  return first.text;
}
