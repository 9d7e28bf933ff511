/** TypeScript to the body of a CommonJS module. */
import { type TransformOptions, transformSync } from 'esbuild';

const options = {
  loader: 'ts',
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': '__url', 'import.meta.dirname': '__dirname', PROXYLINT_SHIPPED: 'true' },
  logLevel: 'silent',
} satisfies TransformOptions;

/** Undefined for what is no program. */
export function compile(source: string): string | undefined {
  try {
    return transformSync(source, options).code;
  } catch {
    return undefined;
  }
}
