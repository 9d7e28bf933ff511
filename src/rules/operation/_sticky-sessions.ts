/** Balancers of httpd that are to keep a client with one member, and whose members have no routes by which to tell them. */
import type { Config } from '../../syntax/config.ts';
import { hasGap } from '../../syntax/template-gaps.ts';
import type { Directive, Word } from '../../syntax/tree.ts';
import { children, directivesByKey } from '../../syntax/walk.ts';

export interface Routeless {
  readonly directive: Directive;
  /** `stickysession=JSESSIONID` */
  readonly word: Word;
  readonly members: readonly Directive[];
}

/** `find_session_route` and `find_route_worker` of mod_proxy_balancer: a member without a route is never found by one. */
export function routelessBalancers({ file: { root } }: Config): Routeless[] {
  const byKey = directivesByKey(root);
  const found: Routeless[] = [];
  const passes = stickyPasses(byKey.get('proxypass') ?? []);
  for (const section of byKey.get('proxy') ?? []) {
    const name = section.args[0]?.value.toLowerCase().replace(/\/$/, '') ?? '';
    if (!/^balancer:\/\/[\w.-]+$/.test(name) || !section.block || hasGap(section.block)) continue;
    const inside = children(section.block);
    const members = inside.filter(({ key }) => key === 'balancermember');
    // What else may add members or set their parameters is not followed.
    if (members.length < 2 || inside.some(({ key }) => !plain.has(key))) continue;
    if (members.some(({ args }) => args.some(({ value }) => /^route=|[${%<]/i.test(value)))) continue;
    const directive = inside.find((each) => each.key === 'proxyset' && stickyWord(each)) ?? passes.get(name);
    if (directive) found.push({ directive, word: stickyWord(directive)!, members });
  }
  return found;
}

const plain: ReadonlySet<string> = new Set(['balancermember', 'proxyset', 'require', 'order', 'allow', 'deny']);

/** By the balancer that they name: `balancer://app`. */
function stickyPasses(passes: readonly Directive[]): Map<string, Directive> {
  const found = new Map<string, Directive>();
  for (const directive of passes) {
    if (!stickyWord(directive)) continue;
    const url = directive.args.find(({ value }) => /^balancer:\/\//i.test(value))?.value.toLowerCase();
    if (url !== undefined) found.set(url.split('/', 3).join('/'), directive);
  }
  return found;
}

function stickyWord({ args }: Directive): Word | undefined {
  return args.find(({ value }) => /^stickysession=./i.test(value));
}
