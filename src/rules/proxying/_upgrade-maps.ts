import { bareVariables } from '../../servers/nginx/meaning/values.ts';
import type { Model } from '../../model/model.ts';
import type { Config } from '../../syntax/config.ts';
import type { Block, Directive } from '../../syntax/tree.ts';
import { walk } from '../../syntax/walk.ts';

/** The maps of nginx from `$http_upgrade`, which are there for nothing but WebSockets. */
export class UpgradeMaps {
  readonly #maps: Directive[] = [];

  /** Takes a `map` if it is one of them. */
  add(map: Directive): void {
    const [source, variable] = map.args;
    if (bareVariables(source?.value ?? '') !== '$http_upgrade') return;
    if (/^\$\w+$/.test(variable?.value ?? '') && map.block) this.#maps.push(map);
  }

  /** Those whose variable nothing reads; none where not all of the config has been read. */
  unused(config: Config, model: Model): Directive[] {
    if (this.#maps.length === 0) return [];
    if (config.files.some(({ problems }) => problems.some(({ partial }) => partial))) return [];
    if (model.virtualHosts.some(({ scope }) => scope.outer?.open)) return [];
    return this.#maps.filter((map) => !isUsed(map.args[1]!.value.slice(1), map, config.file.root));
  }
}

function isUsed(variable: string, map: Directive, root: Block): boolean {
  const mention = new RegExp(`\\$(?:${variable}\\b|\\{${variable}\\})`);
  let used = false;
  walk(root, (directive) => {
    used ||= directive !== map && directive.args.some(({ value }) => mention.test(value));
  });
  return used;
}
