/** The one walk over tree and model that all rules listen to. */
import type { Config } from '../syntax/config.ts';
import type { Model, Tls } from '../model/model.ts';
import type { Block } from '../syntax/tree.ts';
import { children } from '../syntax/walk.ts';
import type { Hooks } from './hooks.ts';
import type { Listener, RuleGuard } from './rule-guard.ts';

export async function runHooks(hooks: Hooks, config: Config, lowered: () => Model, guard: RuleGuard): Promise<void> {
  guard.call(hooks.start, undefined);
  for (const file of config.files) {
    guard.call(hooks.file, file);
    for (const problem of file.problems)
      guard.call(hooks.problem, { ...problem, file: file.source, problem, of: file });
  }
  walkSyntax(hooks, config.file.root, guard);
  const listening = hooks.ofModel;
  if (listening.length > 0) {
    const model = modelFor(listening, lowered, guard);
    if (model) walkModel(hooks, model, guard);
  }
  await guard.settle();
  guard.call(hooks.end, undefined);
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

function walkSyntax(hooks: Hooks, root: Block, guard: RuleGuard): void {
  // An explicit stack: the parsers bound the depth of a file, but included files add up.
  const stack: Block[] = [root];
  for (let block = stack.pop(); block; block = stack.pop()) {
    guard.call(hooks.block, block);
    const directives = children(block);
    for (const directive of directives) {
      guard.call(hooks.everyDirective, directive);
      const named = hooks.directives.get(directive.key);
      if (named) guard.call(named, directive);
    }
    for (let index = directives.length - 1; index >= 0; index--) {
      const inner = directives[index]!.block;
      if (inner) stack.push(inner);
    }
  }
}

function walkModel(on: Hooks, model: Model, guard: RuleGuard): void {
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
