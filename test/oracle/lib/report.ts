/** Figures of a run, and the disagreements by class. */
import { describeComparison, type Comparison } from './compare.ts';
import type { Mutant, MutantRun } from './run-mutants.ts';

export interface Figures {
  readonly judged: number;
  readonly agreed: number;
  readonly falseRefusals: number;
  readonly missed: number;
  readonly notJudged: number;
  /** Of the mutants that both refuse and whose line the server names. */
  readonly refusedWithLine: number;
  readonly sameLine: number;
}

export function figuresOf({ mutants }: MutantRun): Figures {
  const count = (fits: (comparison: Comparison) => boolean): number =>
    mutants.filter(({ comparison }) => fits(comparison)).length;
  const notJudged = count((it) => it.outcome === 'not-judged');
  return {
    judged: mutants.length - notJudged,
    agreed: count((it) => it.outcome === 'agreed'),
    falseRefusals: count((it) => it.outcome === 'false-refusal'),
    missed: count((it) => it.outcome === 'missed'),
    notJudged,
    refusedWithLine: count((it) => it.sameLine !== undefined),
    sameLine: count((it) => it.sameLine === true),
  };
}

const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`);

/** `examples`: how many mutants are shown of each class. */
export function reportOf(run: MutantRun, examples: number): string {
  const figures = figuresOf(run);
  return [
    `${run.server}: ${run.mutants.length} mutants, ${figures.judged} judged, ${figures.notJudged} not judged, ${run.crashes.length} crashes`,
    `  verdict agrees: ${figures.agreed} (${percent(figures.agreed, figures.judged)}); false refusals ${figures.falseRefusals}; missed ${figures.missed}`,
    `  line agrees: ${figures.sameLine} of ${figures.refusedWithLine} (${percent(figures.sameLine, figures.refusedWithLine)})`,
    ...run.falselyRefused.map(({ path, comparison }) => `  unmutated ${path}: ${describeComparison(comparison)}`),
    ...run.crashes.slice(0, examples).map((crash) => `  crash: ${crash}`),
    ...classesOf(run.mutants, examples),
    '',
  ].join('\n');
}

function classesOf(mutants: readonly Mutant[], examples: number): string[] {
  const classes = new Map<string, Mutant[]>();
  for (const mutant of mutants.filter(isNotable)) {
    const name = classOf(mutant);
    classes.set(name, [...(classes.get(name) ?? []), mutant]);
  }
  return [...classes]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([name, members]) => [`  ${members.length} x ${name}`, ...members.slice(0, examples).map(exampleOf)]);
}

function isNotable({ comparison }: Mutant): boolean {
  return comparison.outcome === 'missed' || comparison.outcome === 'false-refusal' || comparison.sameLine === false;
}

function classOf({ comparison }: Mutant): string {
  const { outcome, real, own } = comparison;
  const kind = outcome === 'agreed' ? 'other line' : outcome;
  const said = outcome === 'missed' ? generic(real!.message) : (own.refusals[0]?.rule ?? '');
  return outcome === 'agreed' ? `${kind}: ${said} where the server says ${generic(real!.message)}` : `${kind}: ${said}`;
}

/** A server's message without the names in it. */
function generic(message: string): string {
  return message.replaceAll(/"[^"]*"|'[^']*'|\d+/g, '*').slice(0, 100);
}

function exampleOf({ base, mutation, text, comparison }: Mutant): string {
  const before = base.file.source.text.split('\n');
  const after = text.split('\n');
  const at = after.findIndex((line, index) => line !== before[index]);
  return `      ${mutation} of ${base.path}:${at + 1}: ${JSON.stringify((after[at] ?? '').trim())}\n        ${describeComparison(comparison)}`;
}
