/** Whether something asks who the client of a page is. */
import { unknown, type Route, type VirtualHost } from '../../model/model.ts';
import { children } from '../../syntax/walk.ts';
import { addressRules, asksWho, familiesOf, verdictForStrangers } from '../../servers/nginx/meaning/access.ts';
import { isLocalSocket } from '../../model/network.ts';
import { isFilledIn } from '../../text/template/placeholder.ts';

/** Reached from this machine only, or over a socket that is not known. */
export function isLocal({ listeners }: VirtualHost): boolean {
  return (
    listeners.length > 0 &&
    listeners.every(({ address, port }) => isLocalSocket(address) || (port === unknown && isFilledIn(address)))
  );
}

/** Whether a stranger is asked something or turned away; under "satisfy any" it is enough to be let in by the address. */
export function isGuarded({ scope, virtualHost }: Route): boolean {
  const rules = addressRules(scope);
  const isAny = scope.effective('satisfy').at(-1)?.args[0]?.value.toLowerCase() === 'any';
  const asks = asksWho(scope);
  return familiesOf(virtualHost).every((family) => {
    const verdict = verdictForStrangers(rules, family);
    if (verdict === unknown) return true;
    return asks && isAny ? verdict !== 'allow' : asks || verdict === 'deny';
  });
}

/** An `if` of the location or the server that answers on a condition: it may well ask for the address or a key. */
export function turnsSomeAway({ scope }: Route): boolean {
  return [...scope.effective('if'), ...(scope.outer?.own('if') ?? [])].some(
    ({ block }) => block && children(block).some(({ key }) => key === 'return' || key === 'deny'),
  );
}
