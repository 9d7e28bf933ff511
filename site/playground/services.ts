/** Completion and hover in the editor, asked of the worker. */
import { snippet, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { EditorState, type Extension } from '@codemirror/state';
import { hoverTooltip, type EditorView, type Tooltip } from '@codemirror/view';
import { element } from './dom.ts';
import type { Place, Suggestion } from './editing-protocol.ts';
import { elementsOf } from './markup.ts';
import type { WorkerClient } from './worker-client.ts';

export interface Services {
  readonly client: WorkerClient;
  /** The text and how it is to be read. */
  readonly placeAt: (offset: number) => Place;
  readonly goToLine: (line: number) => void;
}

/** What the worker cannot answer is not shown: the page says elsewhere why. */
export function languageServices(services: Services): Extension[] {
  const autocomplete = (context: CompletionContext) => complete(services, context).catch(() => null);
  return [
    EditorState.languageData.of(() => [{ autocomplete }]),
    hoverTooltip((view, position) => hover(services, view, position).catch(() => null), { hoverTime: 400 }),
  ];
}

/** What is being written where suggestions come by themselves: a word, or the sign that begins one. */
const begun = /[\w$%{@/"'<:=.-]$/;
/** While only this follows, the suggestions stay the same. */
const rest = /^[\w$%{}@"'<:.-]*$/;

async function complete(services: Services, context: CompletionContext): Promise<CompletionResult | null> {
  const { pos, explicit } = context;
  if (!explicit && !context.matchBefore(begun)) return null;
  const suggestions = await services.client.ask('complete', services.placeAt(pos));
  if (suggestions.length === 0 || context.aborted) return null;
  const from = Math.max(...suggestions.map((each) => each.from));
  return { from, validFor: rest, options: suggestions.map((each) => optionOf(services, each, pos)) };
}

/** @param asked the place that the suggestion is for; what was written behind it since then is replaced, too */
function optionOf({ client, goToLine }: Services, suggestion: Suggestion, asked: number): Completion {
  const { label, detail, type, isDeprecated, from, to, snippet: template, topic } = suggestion;
  return {
    label,
    type,
    ...(detail !== undefined && { detail: isDeprecated ? `${detail}, deprecated` : detail }),
    ...(isDeprecated && { boost: -50 }),
    apply(view, completion) {
      const end = Math.min(view.state.doc.length, to + view.state.selection.main.head - asked);
      if (template !== undefined) return snippet(template)(view, completion, from, end);
      view.dispatch({
        changes: { from, to: end, insert: label },
        selection: { anchor: from + label.length },
        userEvent: 'input.complete',
      });
    },
    ...(topic !== undefined && {
      info: async () => {
        const text = await client.ask('describe', { topic }).catch(() => []);
        return text.length === 0 ? null : element('div', { class: 'documentation' }, ...elementsOf(text, goToLine));
      },
    }),
  };
}

async function hover(
  { client, placeAt, goToLine }: Services,
  view: EditorView,
  offset: number,
): Promise<Tooltip | null> {
  const { doc } = view.state;
  const found = await client.ask('hover', placeAt(offset));
  if (!found || view.state.doc !== doc) return null;
  return {
    pos: found.from,
    end: found.to,
    create: () => ({ dom: element('div', { class: 'documentation' }, ...elementsOf(found.text, goToLine)) }),
  };
}
