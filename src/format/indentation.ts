/** What one level of a file is indented by, and how lines stand to each other. */
import type { Block, ConfigFile, Directive } from '../syntax/tree.ts';
import type { FormatOptions } from './options.ts';

/** Columns between tab stops, where blanks and tabs are compared. */
const tabStops = 8;
const widest = 8;
/** Where the file itself shows nothing. */
const usual = '    ';

/** Sections whose content many leave at the level of the section. */
const conditions = new Set(['ifmodule', 'ifdefine', 'ifversion', 'iffile', 'ifdirective', 'ifsection']);

export interface Indentation {
  /** Of one level. */
  readonly unit: string;
  /** Whether what is in the block stands at the level of the block. */
  readonly isFlat: (block: Block) => boolean;
}

/** The white space that the line of an offset begins with, undefined where other text stands before the offset. */
export function leadAt(text: string, offset: number): string | undefined {
  let start = offset;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  return start === 0 || text[start - 1] === '\n' ? text.slice(start, offset) : undefined;
}

/** What a line is indented by beyond another one; empty where it is not. */
export function beyond(lead: string, base: string): string {
  if (lead.startsWith(base)) return lead.slice(base.length);
  return ' '.repeat(Math.max(0, columnsOf(lead) - columnsOf(base)));
}

function columnsOf(lead: string): number {
  let columns = 0;
  for (const char of lead) columns += char === '\t' ? tabStops - (columns % tabStops) : 1;
  return columns;
}

export function indentationOf(
  file: ConfigFile,
  { indent, indentConditions }: Pick<Required<FormatOptions>, 'indent' | 'indentConditions'>,
): Indentation {
  const needsCount = indent === 'auto' || (indentConditions === 'auto' && file.dialect === 'apache');
  const counted = needsCount ? count(file) : undefined;
  const isFlat =
    indentConditions === 'auto' ? counted !== undefined && counted.flat > counted.indented : !indentConditions;
  return {
    unit: indent === 'auto' ? counted!.unit : indent === 'tab' ? '\t' : ' '.repeat(indent),
    isFlat: ({ owner, kind }) => isFlat && kind === 'section' && isCondition(owner),
  };
}

function isCondition(directive: Directive | undefined): boolean {
  return directive !== undefined && conditions.has(directive.key);
}

/** How often which step is used, by lines that begin with a directive in a block whose own line does. */
function count(file: ConfigFile): { unit: string; flat: number; indented: number } {
  const { text } = file.source;
  const counts = new Map<string, number>();
  const inConditions = { flat: 0, indented: 0 };
  const stack: { readonly block: Block; readonly lead: string | undefined }[] = [{ block: file.root, lead: undefined }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    for (const directive of top.block.directives) {
      const lead = leadAt(text, directive.start);
      if (directive.block) stack.push({ block: directive.block, lead });
      if (lead === undefined || top.lead === undefined || !lead.startsWith(top.lead)) continue;
      const step = lead.slice(top.lead.length);
      if (isCondition(top.block.owner)) inConditions[step === '' ? 'flat' : 'indented']++;
      if (step === '\t' || (/^ +$/.test(step) && step.length <= widest)) counts.set(step, (counts.get(step) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return { unit: most?.[0] ?? usual, ...inConditions };
}
