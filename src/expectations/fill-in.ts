/** Texts with variables in them. */
export type Variables = Readonly<Record<string, unknown>>;

export class UnknownVariable extends Error {}

/** The value with each `{{name}}` in its texts replaced; keys stay as they are. Throws {@link UnknownVariable}. */
export function fillIn<T>(value: T, variables: Variables): T {
  return fill(value, variables) as T;
}

function fill(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return fillText(value, variables);
  if (Array.isArray(value)) return value.map((each) => fill(each, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, variables)]));
}

function fillText(text: string, variables: Variables): string {
  return text.replace(/\{\{[ \t]*([\w-]+)[ \t]*\}\}/g, (_, name: string) => {
    if (!Object.hasOwn(variables, name)) throw new UnknownVariable(`no variable is called "${name}"`);
    return String(variables[name]);
  });
}
