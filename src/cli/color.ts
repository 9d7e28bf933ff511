import { isTerminal } from './output.ts';

export interface ColorOptions {
  readonly color?: boolean;
  readonly outputFile?: string;
}

/** The options decide, then NO_COLOR and FORCE_COLOR, then whether the output is a terminal. */
export function useColor(options: ColorOptions): boolean {
  if (options.color !== undefined) return options.color;
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return options.outputFile === undefined && TERM !== 'dumb' && isTerminal();
}
