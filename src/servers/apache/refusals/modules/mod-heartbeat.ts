import type { Directive } from '../../../../syntax/tree.ts';
import { badForm, type Handlers, type Refusal } from '../refusal.ts';

/** `HeartbeatAddress` and `HeartbeatListen`: `cmd_hb_address` and `cmd_hm_listen`. */
function judgeAddress(directive: Directive): Refusal | undefined {
  const [address] = directive.args;
  const [, port] = /^[\w.-]+:(\d+)$/i.exec(address?.value ?? '') ?? [];
  const isRight = port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
  return !address || isRight
    ? undefined
    : badForm(directive, address, 'an IPv4 address with a port, such as "239.0.0.1:27999"');
}

export const handlers: Handlers = { heartbeataddress: judgeAddress, heartbeatlisten: judgeAddress };
