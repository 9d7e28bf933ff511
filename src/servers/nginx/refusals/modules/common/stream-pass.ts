import { urlAddress } from '../../../meaning/address.ts';
import { hasVariable } from '../../../meaning/values.ts';
import { refuseForm } from '../../refuse.ts';
import type { NginxCheck } from '../../run.ts';

/** `ngx_stream_pass`: a listening socket of the same nginx, whose name is not resolved. */
export const streamPass: NginxCheck = (directive, run) => {
  const word = directive.args[0]!;
  if (hasVariable(word.value)) return;
  const { fault } = urlAddress(word.value, false);
  if (fault) refuseForm(run, directive, word, fault);
  else if (!/^(?:[\d.]+|\[.*\]):\d+$|^unix:/.test(word.value))
    refuseForm(run, directive, word, 'an IP address with a port, or a Unix socket');
};
