/** Colours for the terminal. The library is loaded only where there is a colour to show. */
const names = ['blue', 'bold', 'cyan', 'dim', 'green', 'red', 'underline', 'yellow'] as const;

export type Styles = Readonly<Record<(typeof names)[number], (text: string) => string>>;

const plain = Object.fromEntries(names.map((name) => [name, (text: string) => text])) as Styles;

export async function loadStyles(color: boolean): Promise<Styles> {
  if (!color) return plain;
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 });
}
