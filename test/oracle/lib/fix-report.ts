/** Figures of a fix proof, and its faults by kind and rule. */
import type { FixFault, FixProof } from './fix-proof.ts';

/** `examples`: how many faults are shown of each class. */
export function fixReport({ figures, faults, unsafe }: FixProof, examples: number): string {
  const count = (kind: FixFault['kind']): number => faults.filter((fault) => fault.kind === kind).length;
  const lines = [
    `  ${figures.accepted} accepted configs (${figures.others} others), ${figures.single} fixes (${figures.safe} safe), ${figures.runs} runs of all fixes`,
    `  refused after it ${count('refused')}, answer of a safe fix changed ${count('answer')}, changed by the second run ${count('second-run')}`,
    `  line ends changed ${count('line-ends')}, indentation changed ${count('indentation')}, left out by --fix ${count('left-out')}`,
  ];
  const classes = new Map<string, FixFault[]>();
  for (const fault of faults) {
    const name = `${fault.kind}: ${fault.rules.join(', ')}: ${fault.detail.split('\n')[0]!.slice(0, 120)}`;
    classes.set(name, [...(classes.get(name) ?? []), fault]);
  }
  for (const [name, members] of [...classes].sort(([, a], [, b]) => b.length - a.length)) {
    lines.push(`  ${members.length} x ${name}`);
    for (const { subject, detail, text } of members.slice(0, examples)) {
      lines.push(subject.name, ...[detail, '--- before', subject.text, '--- after', text].map(indented));
    }
  }
  const harmless = [...unsafe]
    .filter(([, { changing }]) => changing === 0)
    .map(([rule, { played }]) => `${rule} ${played}`);
  return [...lines, `  unsafe fixes that changed no answer: ${harmless.join(', ') || 'none'}`].join('\n');
}

function indented(text: string): string {
  return text.replaceAll('\r', '␍').replaceAll(/^/gm, '    ');
}
