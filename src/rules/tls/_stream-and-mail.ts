/** TLS settings of `stream` and `mail`, of which the model knows nothing. */
import { isOff } from '../../servers/nginx/meaning/settings.ts';
import { enclosing, type Block, type Directive } from '../../syntax/tree.ts';
import { childrenNamed } from '../../syntax/walk.ts';

/** Whether clients of `stream` or `mail` meet the setting: it stands there, and a listener of its level speaks TLS. */
export function inStreamOrMail(directive: Directive): boolean {
  const around = enclosing(directive);
  const outer = around?.key === 'server' ? enclosing(around) : around;
  if (!around?.block || !/^(?:stream|mail)$/.test(outer?.key ?? '')) return false;
  const servers = around.key === 'server' ? [around] : childrenNamed(around.block, 'server');
  return servers.some(({ block }) => block && speaksTls(block));
}

function speaksTls(server: Block): boolean {
  const isTls = childrenNamed(server, 'listen').some(({ args }) => args.slice(1).some(({ value }) => value === 'ssl'));
  if (isTls) return true;
  return childrenNamed(server, 'starttls').some((directive) => !isOff(directive));
}
