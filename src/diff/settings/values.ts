/** What directives of one name say on two sides. */
import { textOf } from '../fingerprints.ts';
import type { SettingForms } from '../../servers/setting-forms.ts';
import type { Directive } from '../../syntax/tree.ts';

export interface ValueChange {
  /** As messages name it. */
  readonly name: string;
  /** The values as they are written, without those that both sides have where each stands for itself. */
  readonly was: string;
  readonly is: string;
  /** See `SettingForms.formOf`; empty: nothing is set, and the default is not known. */
  readonly wasForm: string;
  readonly isForm: string;
  /** Of the new side; of the old one where nothing is left. */
  readonly directive: Directive;
}

/** Undefined: they say the same. `key`: of all of them. */
export function valueChange(
  forms: SettingForms,
  key: string,
  old: readonly Directive[],
  now: readonly Directive[],
): ValueChange | undefined {
  const directive = now[0] ?? old[0];
  if (!directive) return undefined;
  const [was, is] = [old, now].map((all) => all.map((each) => ({ form: formOf(forms, each), text: textFor(each) })));
  const isListed = forms.isListed(key);
  const [wasForm, isForm] = [was!, is!].map((all) => {
    if (all.length === 0) return forms.defaultForm(key) ?? '';
    const own = all.map(({ form }) => form);
    return (isListed ? [...new Set(own.toSorted())] : own).join('\n');
  });
  if (wasForm === isForm) return undefined;
  const own =
    isListed && Math.max(old.length, now.length) > most ? [without(was!, is!), without(is!, was!)] : [was!, is!];
  const [wasText, isText] = own.map((all) => spoken(all.map(({ text }) => text)));
  // Of a list the rest stays.
  const none = (all: readonly unknown[], side: readonly unknown[]): string =>
    all.length > 0 ? 'without it' : side.length === 0 ? 'not set' : '';
  return {
    name: directive.name.value,
    was: wasText || none(was!, old) || 'not set',
    is: isText || none(is!, now) || 'not set',
    wasForm: wasForm!,
    isForm: isForm!,
    directive: now.find((each) => own[1]!.some(({ text }) => text === textFor(each))) ?? directive,
  };
}

/** So many are shown whole. */
const most = 4;

interface Value {
  readonly form: string;
  readonly text: string;
}

const without = (all: readonly Value[], others: readonly Value[]): readonly Value[] => {
  const known = new Set(others.map(({ form }) => form));
  return all.filter(({ form }) => !known.has(form));
};

function spoken(texts: readonly string[]): string {
  return texts.length > most ? `${texts.slice(0, most).join('; ')} and ${texts.length - most} more` : texts.join('; ');
}

function formOf(forms: SettingForms, directive: Directive): string {
  return directive.block ? textOf(directive) : forms.formOf(directive);
}

function textFor({ args, block }: Directive): string {
  const words = args.map(({ raw }) => raw).join(' ');
  return block ? `${words} {...}`.trim() : words || 'set';
}
