export const temporaryPrefix = '.proxylint-new-';

/** The name of a file that is to replace another one. One that a killed run left behind is no input. */
export function temporaryName(): string {
  return `${temporaryPrefix}${process.pid}-${Date.now().toString(36)}`;
}
