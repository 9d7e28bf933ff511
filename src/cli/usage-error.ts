/** The command line or an input is at fault: shown as one line on stderr, exit status 2. */
export class UsageError extends Error {}
