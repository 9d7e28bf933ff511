/** Applies fixes again and again until none is left, and takes back those after which a config does not parse. */
import type { Finding } from '../rules/finding.ts';
import type { SourceFile } from '../text/source.ts';
import { applyFixes, type Canonical, type FixedFile } from './apply.ts';
import { isWorse, type Damage } from './damage.ts';

/** What linting gave, with some texts replaced. */
export interface Look {
  readonly findings: readonly Finding[];
  readonly damage: Damage;
}

/** Texts by canonical path, in place of what the files hold. */
export type Texts = ReadonlyMap<string, string>;

export interface FixOptions<L extends Look> {
  readonly look: (texts: Texts) => Promise<L>;
  readonly canonical: Canonical;
  /** Also fixes that may change what the server does. */
  readonly unsafe: boolean;
  readonly mayEdit: (file: SourceFile) => boolean;
}

export interface FixOutcome<L extends Look> {
  /** The look at the last texts. */
  readonly look: L;
  readonly files: readonly ChangedFile[];
  /** How many findings were fixed. */
  readonly fixed: number;
  /** Findings whose fix would have made a config worse. */
  readonly refused: readonly Finding[];
}

export interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly text: string;
}

/** Fixes of fixes settle after two or three passes; two rules that undo each other never do. */
const maxPasses = 10;
/** Looks that a run may take to tell bad fixes from good ones; what is undecided then is left out. */
const maxTrials = 64;

interface State<L> {
  readonly texts: Texts;
  readonly look: L;
}

export async function fixRepeatedly<L extends Look>(options: FixOptions<L>): Promise<FixOutcome<L>> {
  const { canonical, unsafe, mayEdit } = options;
  const originals = new Map<string, { path: string; before: string }>();
  const refused = new Map<string, Finding>();
  let state: State<L> = { texts: new Map(), look: await options.look(new Map()) };
  let fixed = 0;
  let trials = maxTrials;
  const isFixable = (finding: Finding): boolean =>
    finding.fix !== undefined &&
    (unsafe || finding.fix.safety === 'safe') &&
    finding.fix.edits.every(({ place }) => mayEdit(place.file)) &&
    !refused.has(keyOf(finding));

  for (let pass = 0; pass < maxPasses; pass++) {
    const { applied } = applyFixes(state.look.findings.filter(isFixable), canonical);
    if (applied.length === 0) break;
    const before = state;
    const good: Finding[] = [];
    // Halves the fixes until each part is harmless or a single fix.
    const settle = async (part: readonly Finding[]): Promise<void> => {
      const attempt = trials-- > 0 && (await tryFixes([...good, ...part], before, options));
      if (attempt) {
        good.push(...part);
        state = attempt.state;
        for (const { file } of attempt.files) {
          const key = canonical(file.path);
          if (!originals.has(key)) originals.set(key, { path: file.path, before: file.text });
        }
      } else if (part.length === 1 || trials <= 0) {
        for (const finding of part) refused.set(keyOf(finding), finding);
      } else {
        const middle = part.length >> 1;
        await settle(part.slice(0, middle));
        await settle(part.slice(middle));
      }
    };
    await settle(applied);
    fixed += good.length;
  }
  const files = [...originals].map(([key, original]) => ({ ...original, text: state.texts.get(key)! }));
  return {
    look: withoutFixes(state.look, refused),
    files: files.filter(({ before, text }) => before !== text),
    fixed,
    refused: [...refused.values()],
  };
}

/** What was found to break a config is not offered. */
function withoutFixes<L extends Look>(look: L, refused: ReadonlyMap<string, Finding>): L {
  if (refused.size === 0) return look;
  const findings = look.findings.map((finding) => {
    if (!refused.has(keyOf(finding))) return finding;
    const { fix: _, ...rest } = finding;
    return rest;
  });
  return { ...look, findings };
}

/** The state after the fixes, unless a config is worse then. */
async function tryFixes<L extends Look>(
  findings: readonly Finding[],
  before: State<L>,
  { look, canonical }: FixOptions<L>,
): Promise<{ readonly state: State<L>; readonly files: readonly FixedFile[] } | undefined> {
  const { files } = applyFixes(findings, canonical);
  const texts = new Map(before.texts);
  for (const { file, text } of files) texts.set(canonical(file.path), text);
  const after = await look(texts);
  const edited = files.map(({ file }) => canonical(file.path));
  return isWorse(before.look.damage, after.damage, edited) ? undefined : { state: { texts, look: after }, files };
}

/** The same fix in a later pass, when the text before it has changed. */
function keyOf({ rule, message, place, fix }: Finding): string {
  return [rule, message, place.file.path, ...(fix?.edits ?? []).map(({ text }) => text)].join('\0');
}
