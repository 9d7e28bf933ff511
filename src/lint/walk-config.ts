/** The one walk over tree and model that all rules listen to. */
import type { Config } from '../syntax/config.ts';
import type { Model, Tls } from '../model/model.ts';
import type { Block, ConfigFile, Directive, Problem } from '../syntax/tree.ts';
import { children } from '../syntax/walk.ts';
import type { Visitor } from '../rules/define-rule.ts';
import type { Listener, RuleGuard, RuleRun } from './rule-guard.ts';

export interface RunningVisitor {
  readonly run: RuleRun;
  readonly visitor: Visitor;
}

export async function runVisitors(
  visitors: readonly RunningVisitor[],
  config: Config,
  lowered: () => Model,
  guard: RuleGuard,
): Promise<void> {
  guard.call(listenersOf(visitors, 'start'), undefined);
  const onFile = listenersOf(visitors, 'file');
  const onProblem = problemListeners(visitors);
  for (const file of config.files) {
    guard.call(onFile, file);
    for (const problem of file.problems) guard.call(onProblem, { ...problem, file: file.source, problem, of: file });
  }
  walkSyntax(visitors, config.file.root, guard);
  const onModel = modelListeners(visitors);
  const listening = Object.values(onModel).flat();
  if (listening.length > 0) {
    const model = modelFor(listening, lowered, guard);
    if (model) walkModel(onModel, model, guard);
  }
  await guard.settle();
  guard.call(listenersOf(visitors, 'end'), undefined);
  await guard.settle();
}

/** Undefined if the config could not be lowered; the rules that listen to the model have failed then. */
function modelFor(listening: readonly Listener<never>[], lowered: () => Model, guard: RuleGuard): Model | undefined {
  try {
    return lowered();
  } catch (error) {
    for (const { run } of listening) guard.fail(run, error);
    return undefined;
  }
}

interface ProblemAt {
  readonly problem: Problem;
  readonly of: ConfigFile;
}

function problemListeners(visitors: readonly RunningVisitor[]): Listener<ProblemAt>[] {
  return listenersOf(visitors, 'problem').map(({ run, hook }) => ({
    run,
    hook: ({ problem, of }) => (hook as NonNullable<Visitor['problem']>)(problem, of),
  }));
}

function walkSyntax(visitors: readonly RunningVisitor[], root: Block, guard: RuleGuard): void {
  const everyDirective: Listener<Directive>[] = [];
  const everyBlock = listenersOf(visitors, 'block');
  const byKey = new Map<string, Listener<Directive>[]>();
  for (const { run, visitor } of visitors) {
    for (const [key, hook] of Object.entries(visitor.directives ?? {})) {
      if (key === '*') everyDirective.push({ run, hook });
      else if (byKey.has(key)) byKey.get(key)!.push({ run, hook });
      else byKey.set(key, [{ run, hook }]);
    }
  }
  // An explicit stack: the parsers bound the depth of a file, but included files add up.
  const stack: Block[] = [root];
  for (let block = stack.pop(); block; block = stack.pop()) {
    guard.call(everyBlock, block);
    const directives = children(block);
    for (const directive of directives) {
      guard.call(everyDirective, directive);
      const named = byKey.get(directive.key);
      if (named) guard.call(named, directive);
    }
    for (let index = directives.length - 1; index >= 0; index--) {
      const inner = directives[index]!.block;
      if (inner) stack.push(inner);
    }
  }
}

/** The rules that listen, found once and not anew for each of thousands of hosts and routes. */
function modelListeners(visitors: readonly RunningVisitor[]) {
  return {
    listener: listenersOf(visitors, 'listener'),
    virtualHost: listenersOf(visitors, 'virtualHost'),
    tls: listenersOf(visitors, 'tls'),
    route: listenersOf(visitors, 'route'),
    upstream: listenersOf(visitors, 'upstream'),
  };
}

function walkModel(on: ReturnType<typeof modelListeners>, model: Model, guard: RuleGuard): void {
  const seen = new Set<Tls>();
  for (const listener of model.listeners) guard.call(on.listener, listener);
  for (const host of model.virtualHosts) {
    guard.call(on.virtualHost, host);
    if (!seen.has(host.tls)) guard.call(on.tls, host.tls);
    seen.add(host.tls);
    if (on.route.length > 0) for (const route of host.routes) guard.call(on.route, route);
  }
  for (const tls of model.outerTls) guard.call(on.tls, tls);
  for (const upstream of model.upstreams) guard.call(on.upstream, upstream);
}

type HookName = Exclude<keyof Visitor, 'directives'>;

type SubjectOf<Name extends HookName> =
  Parameters<NonNullable<Visitor[Name]>> extends [infer Subject, ...unknown[]] ? Subject : undefined;

export function listenersOf<Name extends HookName>(
  visitors: readonly RunningVisitor[],
  name: Name,
): Listener<SubjectOf<Name>>[] {
  return visitors.flatMap(({ run, visitor }) => {
    const hook = visitor[name] as Listener<SubjectOf<Name>>['hook'] | undefined;
    return hook ? [{ run, hook }] : [];
  });
}
