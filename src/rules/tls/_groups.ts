/** Key exchange groups: nginx `ssl_ecdh_curve`, and `Curves` or `Groups` of `ssl_conf_command` and `SSLOpenSSLConfCmd`. */
import type { Directive, Word } from '../../syntax/tree.ts';
import { isFilledIn } from '../../text/template/placeholder.ts';

export interface NamedGroup {
  readonly name: string;
  /** Marked with `?`: a library that does not know it leaves it out. OpenSSL 3.3 and later. */
  readonly isOptional: boolean;
}

/** The word that lists the groups; undefined where the directive is about something else. */
export function groupsWord({ key, args }: Directive): Word | undefined {
  if (key === 'ssl_ecdh_curve') return args[0];
  return /^(?:curves|groups)$/i.test(args[0]?.value ?? '') ? args[1] : undefined;
}

/** Without `auto`, and none where the text does not decide. */
export function namedGroups(directive: Directive): NamedGroup[] {
  const text = groupsWord(directive)?.value ?? '';
  if (text === '' || text === 'auto' || isFilledIn(text)) return [];
  return text
    .split(/[:/]/)
    .map((item) => ({ name: item.replace(/^[*?-]+/, ''), isOptional: item.includes('?') }))
    .filter(({ name }) => name !== '' && name !== 'DEFAULT');
}
