import type { Edit } from '../finding.ts';
import { enclosing, placeIn, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { settingKeys, tellingPasses } from '../../servers/nginx/meaning/pass.ts';

export default defineRule({
  meta: {
    summary: 'A Content-Type that is set by add_header',
    why: 'add_header adds a second Content-Type beside the one that nginx or the backend sends; which of them a client believes is a matter of luck.',
    how: 'Use "default_type" (with an empty "types { }" where the path has an extension), or hide the one of the backend with "proxy_hide_header Content-Type".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    fixable: 'unsafe',
    options: {
      replaced: {
        type: 'boolean',
        default: false,
        description: 'Report "more_set_headers" too, which replaces the type of all responses of its level.',
      },
    },
    pedanticOptions: { replaced: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#default_type',
      'https://www.rfc-editor.org/rfc/rfc9110#section-8.3',
    ],
  },
  messages: {
    unsent:
      'Nothing is sent: without "always" the header is added to status 200, 201, 204, 206 and 301 to 308 alone, and this is {{status}}.',
    second: '"{{directive}}" sends a second "Content-Type" instead of replacing the first; use "default_type".',
    replaced:
      'All responses of this level get this "Content-Type", images and error pages too; "default_type" is for those without one.',
  },
  check({ options, report }) {
    return {
      directives: {
        more_set_headers(directive) {
          if (!options.replaced || directive.args.some(({ value }) => /^-[st]/.test(value))) return;
          const word = directive.args.find(({ value }) => /^content-type\s*:\s*\S/i.test(value));
          const at = word && placeIn(directive, word);
          if (at) report({ message: 'replaced', at, severity: 'info', confidence: 'low', why: replacedWhy });
        },
        add_header(directive) {
          const [name, value] = directive.args;
          if (name?.value.toLowerCase() !== 'content-type' || !value?.value) return;
          const beside = children(directive.parent);
          if (beside.some(leavesNone) || hidesOutside(directive)) return;
          const status = isAlways(directive) ? undefined : errorOf(beside);
          const text = directive.name.value;
          const what =
            status === undefined
              ? ({ message: 'second', data: { directive: text } } as const)
              : ({ message: 'unsent', data: { status }, why: unsentWhy } as const);
          report({
            ...what,
            at: directive,
            ...(takesDefaultType(directive, beside) && {
              fix: { title: 'Use "default_type"', edits: [useDefaultType(directive)] },
            }),
          });
        },
      },
    };
  },
});

const replacedWhy =
  'A browser that is told a wrong type shows a page as text, or text as a page, and takes no style sheet or script.';

const unsentWhy =
  'The response goes out with the type that it had, and browsers offer a text for download, or show it as a page.';

const hiding: ReadonlySet<string> = new Set(settingKeys(tellingPasses, 'hide_header'));
const clearing = /^more_(?:clear|set)_headers$/;

/** Directives after which a response has no Content-Type of its own: nginx sends none with status 204 and 304. */
function leavesNone({ key, args }: Directive): boolean {
  const first = args[0]?.value ?? '';
  if (key === 'return') return first === '204' || first === '304';
  if (key === 'default_type') return first === '';
  return (hiding.has(key) || clearing.test(key)) && args.some(({ value }) => /^content-type/i.test(value));
}

function isAlways({ args }: Directive): boolean {
  return args[2]?.value === 'always';
}

/** The status of the texts of the config, if it is one to whose responses nginx adds no headers. */
function errorOf(beside: readonly Directive[]): string | undefined {
  const { value = '' } = beside.find(({ key }) => key === 'return')?.args[0] ?? {};
  return /^\d{3}$/.test(value) && !/^(?:20[0146]|30[1-478])$/.test(value) ? value : undefined;
}

/** The nearest list of hidden headers counts, as it is inherited. */
function hidesOutside(directive: Directive): boolean {
  for (let around = enclosing(directive); around; around = enclosing(around)) {
    const hidden = children(around.parent).filter(({ key }) => hiding.has(key));
    if (hidden.length > 0) return hidden.some(leavesNone);
  }
  return false;
}

/** `default_type` is for texts of the config, stands once on a level, and not in an `if`. */
function takesDefaultType({ parent }: Directive, beside: readonly Directive[]): boolean {
  const returns = beside.some(({ key, args }) => key === 'return' && args.length === 2);
  return returns && parent.owner?.key !== 'if' && !beside.some(({ key }) => key === 'default_type');
}

function useDefaultType(directive: Directive): Edit {
  const value = directive.args[1]!;
  const { start } = directive.name;
  return { place: placeIn(directive, { start, end: directive.args.at(-1)!.end }), text: `default_type ${value.raw}` };
}
