import type { ApplicationSetting } from '../facts/applications/told.ts';
import type { Model } from '../model/model.ts';
import type { Targets } from '../model/versions.ts';
import type { Rule, RuleContext } from '../rules/define-rule.ts';
import type { Config } from '../syntax/config.ts';
import type { Dialect } from '../syntax/tree.ts';
import type { Topology } from '../topology/topology.ts';

type AnyContext = RuleContext<Rule['messages']>;

/** What all rules that run over one config are given. */
export interface AtHand extends Pick<AnyContext, 'config' | 'targets' | 'applications' | 'knownRules'> {
  readonly lowered: () => Model;
  readonly topology: () => Topology;
}

/** What one rule is given to judge one config. */
export class RunContext implements AnyContext {
  readonly config: Config;
  readonly dialect: Dialect;
  readonly targets: Targets;
  readonly applications: readonly ApplicationSetting[];
  readonly knownRules: ReadonlySet<string>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly report: AnyContext['report'];
  readonly #atHand: AtHand;

  constructor(atHand: AtHand, options: Readonly<Record<string, unknown>>, report: AnyContext['report']) {
    this.config = atHand.config;
    this.dialect = atHand.config.dialect;
    this.targets = atHand.targets;
    this.applications = atHand.applications;
    this.knownRules = atHand.knownRules;
    this.options = options;
    this.report = report;
    this.#atHand = atHand;
  }

  get model(): Model {
    return this.#atHand.lowered();
  }

  get topology(): Topology {
    return this.#atHand.topology();
  }
}
