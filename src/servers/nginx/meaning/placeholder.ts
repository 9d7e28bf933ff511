/** What is no text of nginx, but what something puts in before nginx reads the file. */
import { hasTemplateMark } from '../../../text/template/placeholder.ts';

/** `{{ x }}`, `<%= x %>`, `@X@`; `${X}` as of `envsubst`, `%{x}` and `%(x)s`, and `<your name>` or `[your name]` as of manuals. */
export function isPlaceholder(text: string): boolean {
  return (
    hasTemplateMark(text) ||
    /\$\{[A-Z]|%[{(]|^<[A-Za-z]|^\[[A-Za-z]/.test(text) ||
    word.test(text) ||
    portName.test(text)
  );
}

/** One that is a part of a value: `http://<host>:<port>`, `http://[your_host]`; not a named group or a set of a pattern. */
const word = /(?:^|[/:@.=])(?:<[A-Za-z][\w .-]*>|\[[A-Za-z]{3}[A-Za-z_ ]*\])/;

const portName = /:[A-Z][A-Z\d_]{3,40}(?:\/|$)/;

/** Whether the name of a directive is none: those of nginx begin with a letter. */
export function standsForDirectives(key: string): boolean {
  const first = key.charCodeAt(0);
  return !((first >= 97 && first <= 122) || (first >= 65 && first <= 90));
}
