import type { Confidence, Severity, Statement } from '../servers/diagnostic.ts';
import type { ApplicationSetting } from '../facts/applications/told.ts';
import type { Config } from '../syntax/config.ts';
import type { Listener, Model, Route, Tls, Upstream, VirtualHost } from '../model/model.ts';
import type { Block, ConfigFile, Dialect, Directive, Problem } from '../syntax/tree.ts';
import type { AppliedSuppression } from '../lint/suppress.ts';
import type { Targets } from '../model/versions.ts';
import type { Topology } from '../topology/topology.ts';
import type { NeedsByDialect } from './needs.ts';

export type { At } from '../servers/diagnostic.ts';

/** JSON schema of an option, with what it is when nobody sets it. */
export interface OptionSchema {
  readonly default: unknown;
  readonly description: string;
  readonly [keyword: string]: unknown;
}

export type OptionSchemas = Readonly<Record<string, OptionSchema>>;

/** The type that a JSON schema describes: of `enum`, `type`, `items` and `additionalProperties`; else unknown. */
type ValueOf<Schema> = Schema extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : Schema extends { readonly type: 'boolean' }
    ? boolean
    : Schema extends { readonly type: 'number' | 'integer' }
      ? number
      : Schema extends { readonly type: 'string' }
        ? string
        : Schema extends { readonly type: 'array' }
          ? readonly (Schema extends { readonly items: infer Items } ? ValueOf<Items> : unknown)[]
          : Schema extends { readonly type: 'object'; readonly additionalProperties: infer Values extends object }
            ? Readonly<Record<string, ValueOf<Values>>>
            : unknown;

/** The options that a rule gets: each has a value, its default if nobody sets it. */
export type OptionsOf<Schemas> = { readonly [Name in keyof Schemas]: ValueOf<Schemas[Name]> };

/** Sentences for the dialect at hand. */
export type Advice = string | Readonly<Partial<Record<Dialect, string>>>;

export interface RuleMeta<Schemas extends OptionSchemas = OptionSchemas> {
  /** One line without full stop: what the rule finds. */
  readonly summary: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** What to write instead, in one or two sentences; for each dialect where the servers have other words for it. */
  readonly how: Advice;
  /** Where it is better turned off, in a sentence of Markdown; left out: where its category says. */
  readonly whenOff?: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly dialects: readonly Dialect[];
  /** The version of proxylint that brought the rule. */
  readonly since: string;
  /** `recommended`: on by default; `pedantic`: a matter of circumstances or taste; `optional`: only in profiles. */
  readonly set: 'recommended' | 'pedantic' | 'optional';
  readonly references: readonly string[];
  /**
   * Without which the rule reports nothing, whatever its options are: it does not begin then. Left out: it begins with every config.
   */
  readonly needs?: NeedsByDialect;
  /** `safe` or `unsafe` where the rule offers a fix. */
  readonly fixable?: 'safe' | 'unsafe';
  /** The schema of each option; `context.options` has the types that they describe. */
  readonly options?: Schemas;
  /** Options with which the pedantic set runs the rule: what is a matter of circumstances there is reported, too. */
  readonly pedanticOptions?: NoInfer<Partial<OptionsOf<Schemas>>>;
}

/** What a rule says. Severity, confidence, why and how default to those of the rule. */
export type Report<Messages extends Readonly<Record<string, string>>> = Statement<Messages> & {
  /** The server says so whether or not the conditions around the place hold. */
  readonly unconditional?: true;
  readonly why?: string;
  readonly how?: string;
  readonly witness?: string;
};

export interface RuleContext<
  Messages extends Readonly<Record<string, string>>,
  Options = Readonly<Record<string, unknown>>,
> {
  readonly config: Config;
  readonly dialect: Dialect;
  /** The servers' versions that the config is meant for. */
  readonly targets: Targets;
  readonly options: Options;
  /** What the config file says of hosts and backends. */
  readonly applications: readonly ApplicationSetting[];
  /** The ids of all rules, also of those that are off. */
  readonly knownRules: ReadonlySet<string>;
  /** What the config means; lowered on first use. Empty for sslh. */
  readonly model: Model;
  /** The config with those that stand in front of it and behind it; by itself where nothing is known of others. */
  readonly topology: Topology;
  report(report: Report<Messages>): void;
}

/**
 * The hooks that the one walk calls. `directives` is keyed by `Directive.key` ('*' for all); `block` is called when a
 * block is entered (the root of the config too), with the includes of that block expanded; model hooks are called once
 * an object; `end` comes last, and may wait for a library that only few configs need.
 */
export interface Visitor {
  readonly start?: () => void;
  /** Once a file, at each place of inclusion. */
  readonly file?: (file: ConfigFile) => void;
  /** What the parser could not accept. */
  readonly problem?: (problem: Problem, file: ConfigFile) => void;
  readonly directives?: Readonly<Record<string, (directive: Directive) => void>>;
  readonly block?: (block: Block) => void;
  readonly listener?: (listener: Listener) => void;
  readonly virtualHost?: (virtualHost: VirtualHost) => void;
  readonly route?: (route: Route) => void;
  readonly upstream?: (upstream: Upstream) => void;
  readonly tls?: (tls: Tls) => void;
  readonly end?: () => void | Promise<void>;
  /** Once a comment that silences findings, after all the other hooks of all rules. */
  readonly suppression?: (suppression: AppliedSuppression) => void;
}

/** Called once a config; what it returns listens to the walk. State lives in its closure. */
export type Check<Messages extends Readonly<Record<string, string>>, Options> = (
  context: RuleContext<Messages, Options>,
) => Visitor;

/** A check for each server, and with `all` one that runs beside it for every one of them. */
export interface ChecksByDialect<Messages extends Readonly<Record<string, string>>, Options> {
  readonly nginx?: Check<Messages, Options>;
  readonly apache?: Check<Messages, Options>;
  readonly sslh?: Check<Messages, Options>;
  readonly all?: Check<Messages, Options>;
}

export interface RuleDefinition<Messages extends Readonly<Record<string, string>>, Schemas extends OptionSchemas> {
  readonly meta: RuleMeta<Schemas>;
  /** Message texts by id; `{{name}}` is filled from `data`. A full sentence or two, without trailing white space. */
  readonly messages: Messages;
  /** One for all dialects of the rule, or one for each where the servers differ. */
  readonly check:
    | Check<NoInfer<Messages>, OptionsOf<NoInfer<Schemas>>>
    | ChecksByDialect<NoInfer<Messages>, OptionsOf<NoInfer<Schemas>>>;
}

type AnyMessages = Readonly<Record<string, string>>;
type AnyOptions = Readonly<Record<string, unknown>>;

/** A rule with its types erased, as the registry holds it. Id and category come from its path. */
export interface Rule {
  readonly id: string;
  readonly category: string;
  /** Its page, if that is not one of this project. */
  readonly url?: string;
  readonly meta: RuleMeta;
  readonly messages: AnyMessages;
  readonly check: Check<AnyMessages, AnyOptions> | ChecksByDialect<AnyMessages, AnyOptions>;
}

/**
 * Gives messages and options of a rule their types, so that a wrong message id, placeholder or option does not compile.
 * The options have those of the schemas in `meta.options`.
 */
export function defineRule<
  const Messages extends Readonly<Record<string, string>>,
  const Schemas extends OptionSchemas = Readonly<Record<never, never>>,
>(definition: RuleDefinition<Messages, Schemas>): RuleDefinition<Messages, Schemas> {
  return definition;
}
