/** What the formatter would change. */
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { element } from '../dom.ts';
import { languageFor } from '../languages.ts';
import type { Dialect, FormattedText } from '../protocol.ts';
import { looks } from '../theme.ts';

/** Comparing longer texts line by line takes too long. */
const maxCompared = 200_000;

export interface FormatView {
  readonly text: string;
  readonly formatted: FormattedText;
  readonly dialect: Dialect | undefined;
}

/** It listens to the window until it is taken away. */
let shown: EditorView | undefined;

export function showFormat(panel: HTMLElement, { text, formatted, dialect }: FormatView, apply: () => void): void {
  shown?.destroy();
  shown = undefined;
  const notices = formatted.faults.map((fault) => element('p', { class: 'notice' }, `Left as it is. ${fault}`));
  if (formatted.text === text) {
    const word = formatted.configs === 0 ? 'There is no configuration here.' : 'Already laid out.';
    panel.replaceChildren(...notices, ...(notices.length > 0 ? [] : [element('p', { class: 'empty good' }, word)]));
    return;
  }
  const button = element('button', { class: 'primary', onclick: apply }, 'Apply');
  const hint = element('p', { class: 'hint' }, 'Only white space changes: the result is parsed and compared.');
  const bar = element('div', { class: 'bar' }, hint, button);
  if (text.length > maxCompared) {
    panel.replaceChildren(
      ...notices,
      bar,
      element('p', { class: 'hint' }, 'The text is too long to show the difference.'),
    );
    return;
  }
  const parent = element('div', { class: 'difference' });
  panel.replaceChildren(...notices, bar, parent);
  shown = new EditorView({ parent, state: stateOf(text, formatted.text, dialect) });
}

function stateOf(original: string, text: string, dialect: Dialect | undefined): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      looks,
      dialect ? languageFor(dialect) : [],
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({ 'aria-label': 'Formatted configuration', tabindex: '0' }),
      unifiedMergeView({
        original,
        mergeControls: false,
        collapseUnchanged: { margin: 3, minSize: 6 },
        diffConfig: { scanLimit: 500, timeout: 30 },
      }),
    ],
  });
}
