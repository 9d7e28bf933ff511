/** Reads the fixtures of the rules: paths, expectations and settings all come from the files themselves. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Level } from '../syntax/config.ts';
import type { Dialect } from '../syntax/tree.ts';
import { parseVersion, type Targets } from '../model/versions.ts';
import { commentLineStart } from '../syntax/comments.ts';
import { wordTable } from '../text/word-table.ts';

export interface RuleFixture {
  /** As the folder was given, with the name in it. */
  readonly path: string;
  /** File name in the folder of the rule. */
  readonly name: string;
  readonly kind: 'bad' | 'good';
  readonly dialect: Dialect;
  readonly text: string;
  readonly settings: Settings;
  /** Where the text after all fixes stands, whether it exists or not. */
  readonly fixedPath: string;
}

/**
 * Comments at the top of a fixture: `# options: {json}`, `# target: nginx=1.18`, `# level: http`,
 * `# beside: rule other-rule` for rules that run too, `# chain: files/back.nginx.conf` for configs (paths relative to the fixture, each
 * with the name of its server in it) that run on the same machine.
 */
export interface Settings {
  readonly options: Readonly<Record<string, unknown>>;
  readonly targets: Targets;
  readonly level: Level | undefined;
  readonly beside: readonly string[];
  readonly chain: readonly string[];
}

const fixtureName = /^(bad|good)-[a-z0-9-]+\.(nginx|apache|sslh)\.conf$/;
const fixedName = /^bad-[a-z0-9-]+\.(?:nginx|apache|sslh)\.fixed\.conf$/;

/** How the findings in all bad fixtures look to a user. */
export const renderedName = 'rendered.txt';

/** What the servers make of all fixtures: the model, and answers to requests. */
export const meaningName = 'meaning.txt';

/** Names in the folder of a rule that mean nothing to the harness. Files to be included stand in the folder `files`. */
export function strayNames(folder: string): string[] {
  const names = readdirSync(folder);
  return names.filter((name) => {
    if (fixedName.test(name)) return !names.includes(name.replace('.fixed.', '.'));
    return !fixtureName.test(name) && name !== 'files' && name !== renderedName && name !== meaningName;
  });
}

export function fixturesIn(folder: string): RuleFixture[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const match = fixtureName.exec(name);
      if (!match) return [];
      const path = join(folder, name);
      const text = readFileSync(path, 'utf8');
      return {
        path,
        name,
        kind: match[1] as 'bad' | 'good',
        dialect: match[2] as Dialect,
        text,
        settings: settingsOf(text, path),
        fixedPath: path.replace(/\.conf$/, '.fixed.conf'),
      };
    });
}

const commentLine = new RegExp(`^${commentLineStart}`);
const settingLine = new RegExp(String.raw`^${commentLineStart}(options|target|level|beside|chain): (.*?)\s*$`);

function settingsOf(text: string, path: string): Settings {
  let options: Readonly<Record<string, unknown>> = wordTable({});
  let beside: readonly string[] = [];
  let chain: readonly string[] = [];
  let level: Level | undefined;
  const targets: Partial<Record<Dialect, readonly number[]>> = {};
  for (const line of text.split('\n')) {
    const setting = settingLine.exec(line);
    if (!setting) {
      if (commentLine.test(line)) continue;
      break;
    }
    const value = setting[2]!;
    if (setting[1] === 'options') options = JSON.parse(value) as typeof options;
    else if (setting[1] === 'level') level = value as Level;
    else if (setting[1] === 'beside') beside = value.split(' ');
    else if (setting[1] === 'chain') chain = value.split(' ').map((name) => join(dirname(path), name));
    else {
      const [dialect, version] = value.split('=') as [Dialect, string];
      const parsed = parseVersion(version);
      if (!parsed) throw new Error(`${path}: no version in "# target: ${value}"`);
      targets[dialect] = parsed;
    }
  }
  return { options, targets, level, beside, chain };
}
