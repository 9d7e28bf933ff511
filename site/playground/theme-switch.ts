/** Dark or light, as the pages of the documentation keep it. */
const key = 'vitepress-theme-appearance';
const dark = matchMedia('(prefers-color-scheme: dark)');

export function followScheme(button: HTMLButtonElement): void {
  const show = (): void => {
    const isDark = isDarkNow();
    document.documentElement.dataset['scheme'] = isDark ? 'dark' : 'light';
    button.setAttribute('aria-pressed', String(isDark));
  };
  button.addEventListener('click', () => {
    write(isDarkNow() ? 'light' : 'dark');
    show();
  });
  dark.addEventListener('change', show);
  show();
}

function isDarkNow(): boolean {
  const chosen = read();
  return chosen === 'dark' || (chosen !== 'light' && dark.matches);
}

/** The storage of the browser may be closed; then the switch holds until the page is left. */
let unsaved: string | null = null;

function read(): string | null {
  try {
    return localStorage.getItem(key) ?? unsaved;
  } catch {
    return unsaved;
  }
}

function write(scheme: string): void {
  unsaved = scheme;
  try {
    localStorage.setItem(key, scheme);
  } catch {
    // Kept in the variable.
  }
}
