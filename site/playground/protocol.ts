/** What the page asks of the worker, and what it answers. Offsets are those of the text that was sent. */
import type { RequestToTrace } from '../../src/lint/request.ts';
import type { Confidence, Severity } from '../../src/rules/finding.ts';
import type { EditingMethods } from './editing-protocol.ts';
import type { Dialect, Input, Range, SetName } from './input.ts';

export type { Dialect, Input, Range, RequestToTrace, SetName, Severity };

export interface Replacement extends Range {
  readonly text: string;
}

export interface FindingView extends Range {
  readonly rule: string;
  readonly category: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly why: string;
  readonly how: string;
  readonly witness: string | undefined;
  readonly related: readonly (Range & { readonly message: string; readonly line: number })[];
  readonly fix:
    | { readonly title: string; readonly isSafe: boolean; readonly edits: readonly Replacement[] }
    | undefined;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

export interface Analysis {
  readonly findings: readonly FindingView[];
  readonly suppressed: number;
  /** Of the configs in the text. */
  readonly dialects: readonly Dialect[];
  /** What was not read, and what broke: full sentences. */
  readonly notices: readonly string[];
  readonly milliseconds: number;
}

export interface FixedText {
  readonly text: string;
  readonly fixed: number;
}

export interface FormattedText {
  readonly text: string;
  /** Why configs in it stay as they are: full sentences. */
  readonly faults: readonly string[];
  readonly configs: number;
}

export interface RoutesRequest extends Input {
  /** Only hosts that hold this; empty: all. */
  readonly host: string;
}

export interface RouteView {
  readonly listeners: string;
  readonly host: string;
  readonly match: string;
  readonly action: string;
  readonly access: string;
  readonly line: number;
  readonly from: number;
}

export interface Routes {
  /** A picture; undefined where there is nothing to show, or too much for one. */
  readonly svg: string | undefined;
  readonly rows: readonly RouteView[];
  /** How many rows there are; `rows` and `svg` may hold fewer. */
  readonly total: number;
}

/** Each question with what it is asked with, and the answer. */
export interface Methods extends EditingMethods {
  readonly analyze: { readonly input: Input; readonly answer: Analysis };
  readonly fix: { readonly input: Input & { readonly unsafe: boolean }; readonly answer: FixedText };
  readonly format: { readonly input: Input; readonly answer: FormattedText };
  /** The document of `proxylint trace --format json`. */
  readonly trace: { readonly input: Input & { readonly request: RequestToTrace }; readonly answer: TraceDocument };
  readonly routes: { readonly input: RoutesRequest; readonly answer: Routes };
}

export type Method = keyof Methods;

export interface Question<Name extends Method = Method> {
  readonly id: number;
  readonly method: Name;
  readonly input: Methods[Name]['input'];
}

/** `error`: a sentence for the user. */
export type Reply =
  | { readonly id: number; readonly answer: Methods[Method]['answer'] }
  | { readonly id: number; readonly error: string };

export interface TraceDocument {
  readonly traces: readonly HopView[];
}

interface PlaceView {
  readonly line?: number;
  readonly column?: number;
}

export interface ChosenView extends PlaceView {
  readonly text: string;
  readonly reason: string;
  readonly candidates: readonly (PlaceView & { readonly text: string; readonly reason: string })[];
}

export interface HeaderView extends PlaceView {
  readonly name: string;
  readonly value: string | null;
  readonly origin: string;
}

/** One server that the request comes to. See docs/trace.md. */
export interface HopView {
  readonly dialect: Dialect;
  readonly request: { readonly method: string; readonly url: string };
  readonly listener: string | null;
  readonly virtualHost: ChosenView | null;
  readonly steps: readonly (PlaceView & { readonly text: string })[];
  readonly location: ChosenView | null;
  readonly outcome: OutcomeView;
  readonly responseHeaders: readonly HeaderView[];
  readonly unknowns: readonly string[];
  readonly next: HopView | null;
  readonly stop: string | null;
}

export type OutcomeView =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly location: string | null;
      readonly body: string | null;
    }
  | { readonly kind: 'closed' | 'refused' }
  | { readonly kind: 'static'; readonly file: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'tunnel'; readonly transport: string; readonly backend: string }
  | {
      readonly kind: 'proxy';
      readonly protocol: string;
      readonly backend: string;
      readonly method: string;
      readonly uri: string;
      readonly httpVersion: string;
      readonly headers: readonly HeaderView[];
      readonly lost: readonly (PlaceView & { readonly name: string })[];
      readonly upgrade: boolean | null;
    };
