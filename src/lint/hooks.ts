/** The hooks of the rules at work on one config, by what they listen to. */
import type { AppliedSuppression } from './suppress.ts';
import type { Listener, RuleRun } from './rule-guard.ts';
import type * as model from '../model/model.ts';
import type { Visitor } from '../rules/define-rule.ts';
import type { Block, ConfigFile, Directive, Problem } from '../syntax/tree.ts';

export interface ProblemAt {
  readonly problem: Problem;
  readonly of: ConfigFile;
}

type Listeners<Subject> = Listener<Subject>[];

export class Hooks {
  readonly start: Listeners<undefined> = [];
  readonly file: Listeners<ConfigFile> = [];
  readonly problem: Listeners<ProblemAt> = [];
  readonly block: Listeners<Block> = [];
  readonly everyDirective: Listeners<Directive> = [];
  readonly directives = new Map<string, Listeners<Directive>>();
  readonly listener: Listeners<model.Listener> = [];
  readonly virtualHost: Listeners<model.VirtualHost> = [];
  readonly route: Listeners<model.Route> = [];
  readonly upstream: Listeners<model.Upstream> = [];
  readonly tls: Listeners<model.Tls> = [];
  readonly end: Listeners<undefined> = [];
  readonly suppression: Listeners<AppliedSuppression> = [];
  readonly #hasKey: (key: string) => boolean;

  /** @param hasKey whether the config has a directive of that key: hooks for others would wait for nothing */
  constructor(hasKey: (key: string) => boolean) {
    this.#hasKey = hasKey;
  }

  add(run: RuleRun, visitor: Visitor): void {
    const { start, file, problem, directives, block, listener, virtualHost, route, upstream, tls, end, suppression } =
      visitor;
    if (start) this.start.push({ run, hook: start });
    if (file) this.file.push({ run, hook: file });
    if (problem) this.problem.push({ run, hook: ({ problem: found, of }) => problem(found, of) });
    if (directives) this.#addDirectives(run, directives);
    if (block) this.block.push({ run, hook: block });
    if (listener) this.listener.push({ run, hook: listener });
    if (virtualHost) this.virtualHost.push({ run, hook: virtualHost });
    if (route) this.route.push({ run, hook: route });
    if (upstream) this.upstream.push({ run, hook: upstream });
    if (tls) this.tls.push({ run, hook: tls });
    if (end) this.end.push({ run, hook: end });
    if (suppression) this.suppression.push({ run, hook: suppression });
  }

  /** Those for the model. */
  get ofModel(): readonly Listener<never>[] {
    return [this.listener, this.virtualHost, this.route, this.upstream, this.tls].flat();
  }

  #addDirectives(run: RuleRun, hooks: NonNullable<Visitor['directives']>): void {
    for (const [key, hook] of Object.entries(hooks)) {
      const listeners = key === '*' ? this.everyDirective : this.directives.get(key);
      if (listeners) listeners.push({ run, hook });
      else if (this.#hasKey(key)) this.directives.set(key, [{ run, hook }]);
    }
  }
}
