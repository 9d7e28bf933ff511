import type { Directive } from '../../syntax/tree.ts';

/** Visits nginx's `ssl_conf_command Options` and httpd's `SSLOpenSSLConfCmd Options` where they switch an option of OpenSSL on. */
export function optionOf(
  option: string,
  visit: (directive: Directive) => void,
): Readonly<Record<string, (directive: Directive) => void>> {
  const wanted = option.toLowerCase();
  const check = (directive: Directive): void => {
    const [command, list] = directive.args;
    if (command?.value.toLowerCase() !== 'options') return;
    const options = list?.value.toLowerCase().split(/[,:\s]+/) ?? [];
    if (options.some((text) => text === wanted || text === `+${wanted}`)) visit(directive);
  };
  return { ssl_conf_command: check, sslopensslconfcmd: check };
}
