/** The editor: the text, and what was found in it. */
import { setDiagnostics, lintGutter, nextDiagnostic, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorSelection, EditorState, Prec, Transaction, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { explanationOf } from './explanation.ts';
import { languageFor } from './languages.ts';
import type { Dialect, FindingView, Range, Replacement } from './protocol.ts';
import { looks } from './theme.ts';

/** Marks beyond these cannot be looked at one by one; the list beside the editor has all. */
const maxMarks = 1000;

export interface EditorEvents {
  readonly onChange: () => void;
  readonly onFix: (finding: FindingView) => void;
  readonly onFormat: () => void;
  readonly onFixAll: () => void;
  /** What the language server adds. */
  readonly services: readonly Extension[];
}

export class Editor {
  readonly view: EditorView;
  readonly #language = new Compartment();
  readonly #events: EditorEvents;
  #dialect: Dialect | undefined;

  constructor(parent: HTMLElement, events: EditorEvents) {
    this.#events = events;
    this.view = new EditorView({ parent, state: this.#stateOf('') });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Another text, with a history of its own. */
  open(text: string): void {
    this.view.setState(this.#stateOf(text));
  }

  /** Changes what is different, so that it can be undone and the cursor stays. */
  replace(text: string): void {
    const old = this.text;
    if (text === old) return;
    let from = 0;
    while (from < Math.min(old.length, text.length) && old[from] === text[from]) from++;
    let end = 0;
    const most = Math.min(old.length, text.length) - from;
    while (end < most && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
    this.view.dispatch({
      changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) },
      userEvent: 'input.fix',
    });
  }

  apply(edits: readonly Replacement[]): void {
    this.view.dispatch({
      changes: edits.map(({ from, to, text }) => ({ from, to, insert: text })),
      userEvent: 'input.fix',
    });
    this.view.focus();
  }

  show(findings: readonly FindingView[]): void {
    const { length } = this.view.state.doc;
    const marks = findings
      .filter(({ to }) => to <= length)
      .slice(0, maxMarks)
      .map((finding) => this.#markOf(finding));
    this.view.dispatch(setDiagnostics(this.view.state, marks));
  }

  setDialect(dialect: Dialect | undefined): void {
    if (dialect === this.#dialect) return;
    this.#dialect = dialect;
    this.view.dispatch({ effects: this.#language.reconfigure(dialect ? languageFor(dialect) : []) });
  }

  goTo({ from, to }: Range): void {
    const { length } = this.view.state.doc;
    const selection = EditorSelection.single(Math.min(from, length), Math.min(to, length));
    this.view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.main, { y: 'center' }) });
    this.view.focus();
  }

  goToLine(line: number): void {
    const { doc } = this.view.state;
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    this.goTo({ from, to });
  }

  #markOf(finding: FindingView): Diagnostic {
    const { from, to, severity, message, fix } = finding;
    return {
      from,
      to,
      severity,
      message,
      renderMessage: () => explanationOf(finding),
      actions: fix
        ? [
            {
              name: fix.isSafe ? fix.title : `${fix.title} (may change behaviour)`,
              apply: () => this.#events.onFix(finding),
            },
          ]
        : [],
    };
  }

  #stateOf(text: string): EditorState {
    const { onChange, onFormat, onFixAll, services } = this.#events;
    const run = (action: () => void) => (): boolean => {
      action();
      return true;
    };
    return EditorState.create({
      doc: text,
      extensions: [
        Prec.high(
          keymap.of([
            { key: 'Shift-Alt-f', run: run(onFormat) },
            { key: 'Mod-Alt-Enter', run: run(onFixAll) },
            { key: 'F8', run: nextDiagnostic },
          ]),
        ),
        basicSetup,
        lintGutter(),
        looks,
        this.#language.of(this.#dialect ? languageFor(this.#dialect) : []),
        EditorView.contentAttributes.of({ 'aria-label': 'Configuration', spellcheck: 'false', tabindex: '0' }),
        EditorView.updateListener.of(({ docChanged, transactions }) => {
          if (docChanged && !transactions.some((each) => each.annotation(Transaction.remote))) onChange();
        }),
        ...services,
      ],
    });
  }
}
