/** What is no text of sslh, which knows no variables: `envsubst` or a template puts something in its place. */
import { hasTemplateMark } from '../../../text/template/placeholder.ts';

export function isPlaceholder(text: string): boolean {
  return hasTemplateMark(text) || /\$\{\w+\}/.test(text);
}
