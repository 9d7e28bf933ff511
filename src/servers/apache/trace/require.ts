/** `Require` and its containers (modules/aaa/mod_authz_core.c, mod_authz_host.c). */
import type { ApacheScope } from '../meaning/scope.ts';
import type { Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { restOfLine } from '../meaning/rest-of-line.ts';
import { toBytes } from '../../../text/bytes.ts';
import { parseNetwork } from '../../../model/network.ts';
import { giveUp } from '../../../model/unknown.ts';
import { inNetwork, limitedTo } from './client.ts';
import { evaluateCondition, evaluateText } from './expr.ts';
import { levelsOf, taken, textOf, type Request } from './state.ts';
import { clientAddress } from './variables.ts';

/** `no-user`: a user could change it. */
export type Verdict = 'granted' | 'denied' | 'no-user' | 'neutral';

type Operator = 'and' | 'or';

interface Node {
  readonly directive: Directive | undefined;
  readonly negated: boolean;
  /** False: it is limited to other methods. */
  readonly applies: boolean;
  /** Of a container. */
  readonly operator: Operator;
  readonly children: readonly Node[] | undefined;
}

const keys = new Set(['require', 'requireall', 'requireany', 'requirenone']);

/** Undefined: nothing is required. */
export function evaluateRequirements(
  request: Request,
): { readonly verdict: Verdict; readonly directive: Directive | undefined } | undefined {
  const tree = merged(request);
  if (!tree) return undefined;
  const verdict = evaluate(request, tree, 'and');
  return { verdict: verdict === 'neutral' ? 'denied' : verdict, directive: firstDirective(tree) };
}

function firstDirective(node: Node): Directive | undefined {
  if (node.directive) return node.directive;
  for (const child of node.children ?? []) {
    const found = firstDirective(child);
    if (found) return found;
  }
  return undefined;
}

/** The innermost level that requires something counts alone, unless AuthMerging joins it to the ones around it. */
function merged(request: Request): Node | undefined {
  let tree: Node | undefined;
  for (const scope of levelsOf(request.scope)) {
    const own = levelTree(request, scope);
    const merging = scope.own('authmerging').at(-1);
    if (!own && !merging) continue;
    const how = merging ? textOf(request.setting, merging.args[0]).toLowerCase() : 'off';
    if (how === 'off' || !tree || !own) tree = how === 'off' ? own : (own ?? tree);
    else
      tree = {
        directive: undefined,
        negated: false,
        applies: true,
        operator: how === 'and' ? 'and' : 'or',
        children: [tree, own],
      };
  }
  return tree;
}

/** Several lines without container: one of them must hold. */
function levelTree(request: Request, scope: ApacheScope): Node | undefined {
  const nodes = scope.level.items.flatMap((item) => {
    const { directive } = item;
    if (keys.has(directive.key)) return [read(request, taken(request.setting, item))];
    return (directive.key === 'limit' || directive.key === 'limitexcept') && directive.block
      ? limited(request, directive)
      : [];
  });
  if (nodes.length === 0) return undefined;
  const applies = nodes.some((node) => node.applies);
  return { directive: undefined, negated: false, applies, operator: 'or', children: nodes };
}

/** For other methods what stands in `<Limit>` has no say. */
function limited(request: Request, directive: Directive): Node[] {
  const inner = children(directive.block!).filter(({ key }) => keys.has(key));
  const applies = limitedTo(request, directive);
  return inner.map((each) => ({ ...read(request, each), applies }));
}

function read(request: Request, directive: Directive): Node {
  if (directive.key === 'require') {
    const negated = textOf(request.setting, directive.args[0]).toLowerCase() === 'not';
    return { directive, negated, applies: true, operator: 'or', children: undefined };
  }
  const inner = directive.block ? children(directive.block).filter(({ key }) => keys.has(key)) : [];
  return {
    directive,
    negated: directive.key === 'requirenone',
    applies: true,
    operator: directive.key === 'requireall' ? 'and' : 'or',
    children: inner.map((each) => read(request, each)),
  };
}

/** `apply_authz_sections`. */
function evaluate(request: Request, node: Node, around: Operator): Verdict {
  if (!node.applies) return around === 'and' ? 'granted' : 'neutral';
  const verdict = node.children ? combine(request, node.operator, node.children) : provider(request, node.directive!);
  if (!node.negated) return verdict;
  if (verdict === 'granted') return 'denied';
  return 'neutral';
}

function combine(request: Request, operator: Operator, nodes: readonly Node[]): Verdict {
  let result: Verdict = 'neutral';
  for (const node of nodes) {
    const verdict = evaluate(request, node, operator);
    if (verdict === 'neutral') continue;
    if (verdict === (operator === 'and' ? 'denied' : 'granted')) return verdict;
    const replaces = verdict === 'no-user' && result === (operator === 'and' ? 'granted' : 'denied');
    if (replaces || result === 'neutral') result = verdict;
  }
  return result;
}

function provider(request: Request, directive: Directive): Verdict {
  const words = directive.args.map((word) => textOf(request.setting, word));
  if (words[0]?.toLowerCase() === 'not') words.shift();
  const [name = '', ...rest] = words;
  switch (name.toLowerCase()) {
    case 'all':
      return verdictOf(rest[0]?.toLowerCase() === 'granted');
    case 'ip':
      return verdictOf(rest.some((network) => inNetwork(request, evaluateText(request, network))));
    case 'local':
      return isLocal(request);
    case 'method':
      return verdictOf(
        rest.some((method) => method.toUpperCase() === (request.method === 'HEAD' ? 'GET' : request.method)),
      );
    case 'env':
      return verdictOf(rest.some((variable) => request.env.has(variable)));
    case 'expr':
      return expression(request, expressionText(directive, words.length - rest.length));
    case 'ssl':
      return verdictOf(request.setting.request.scheme === 'https');
    case 'valid-user':
    case 'user':
    case 'group':
    case 'file-owner':
    case 'file-group':
    case 'ldap-user':
    case 'ldap-group':
      return 'no-user';
    default:
      return giveUp(`What "Require ${name}" decides is not known before the request runs.`);
  }
}

/** The rest of the line as it is written, quotes around the whole of it aside (`expr_parse_config`). */
function expressionText(directive: Directive, from: number): string {
  const negated = directive.args[0]?.value.toLowerCase() === 'not' ? 1 : 0;
  const text = toBytes(restOfLine(directive, from + negated));
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

function verdictOf(granted: boolean): Verdict {
  return granted ? 'granted' : 'denied';
}

function isLocal(request: Request): Verdict {
  const address = clientAddress(request, '"Require local"');
  if (['127.0.0.0/8', '::1'].some((network) => inNetwork(request, network))) return 'granted';
  const given = parseNetwork(address);
  return given ? giveUp('Whether the client address is one of the server is not known.') : 'denied';
}

function expression(request: Request, source: string): Verdict {
  const granted = evaluateCondition(request, source);
  return !granted && /REMOTE_USER/i.test(source) ? 'no-user' : verdictOf(granted);
}
