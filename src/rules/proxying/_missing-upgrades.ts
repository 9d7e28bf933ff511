import { backendName, type ProxyRoute } from '../_shared/backends.ts';
import { listOf } from '../../text/words.ts';
import type { RuleContext } from '../define-rule.ts';
import { likeliest, speaksOfWebSockets } from './_websocket-signs.ts';
import { upgradeFix, asksForUpgrade, halfWhy, describe, placesOf } from './_websocket-gaps.ts';

export const messages = {
  application:
    '{{application}} opens WebSockets at "{{path}}", and this route does not pass the upgrade on{{symptom}}.',
  missing: 'Nothing in this virtual host passes a WebSocket upgrade on to the backend "{{backend}}".',
  halfDone: 'The WebSocket upgrade to the backend "{{backend}}" is only half done: {{gaps}}.',
  halfDoneByDefault:
    'The WebSocket upgrade to the backend "{{backend}}" is only half done before version {{since}}: {{gaps}}.',
  unusedMap:
    'The map makes "{{variable}}" for WebSocket upgrades, but nothing uses it, so no upgrade reaches a backend.',
} as const;

export type Context = RuleContext<typeof messages>;

export function passesUpgrade({ backend }: ProxyRoute): boolean {
  return backend.websocket.state === 'full';
}

export function checkBackend(context: Context, routes: readonly ProxyRoute[], knows: boolean): boolean {
  const states = new Set(routes.map(({ backend }) => backend.websocket.state));
  if (states.has('full') || states.has('unknown')) return false;
  const half = routes.find(({ backend }) => backend.websocket.state === 'partial');
  if (!half) return reportMissing(context, routes, knows);
  reportHalf(context, half);
  return false;
}

function reportMissing({ targets, report }: Context, routes: readonly ProxyRoute[], knows: boolean): boolean {
  // Who asks a server for it that is too old for that has the finding of upgrade-parameter-version.
  if (routes.some(({ backend, handler }) => backend.certainty === 'unread' || asksForUpgrade(handler.directive)))
    return false;
  const { route, isLikely } = likeliest(routes);
  if (!route) return false;
  const isExpected = isLikely && !knows && speaksOfWebSockets(route);
  const isDoubtful = !isExpected || route.backend.certainty === 'surroundings';
  report({
    message: 'missing',
    at: route.handler.directive,
    severity: isExpected ? 'warning' : 'info',
    confidence: isDoubtful ? 'low' : 'medium',
    data: { backend: backendName(route.handler.target) },
    ...upgradeFix(route, targets),
  });
  return true;
}

function reportHalf({ report }: Context, { handler, backend }: ProxyRoute): void {
  const gaps = backend.websocket.missing;
  const data = { backend: backendName(handler.target), gaps: listOf(gaps.map(describe)) };
  const common = { ...placesOf(gaps, handler.directive), severity: 'error', why: halfWhy } as const;
  const since = gaps.length === 1 ? gaps[0]!.defaultSince : undefined;
  const isOpen = gaps.every(({ certainty }) => certainty === 'surroundings');
  if (since === undefined) {
    report({ message: 'halfDone', ...common, confidence: isOpen ? 'medium' : 'high', data });
  } else {
    const confidence = isOpen ? 'low' : 'medium';
    report({ message: 'halfDoneByDefault', ...common, confidence, data: { ...data, since } });
  }
}
