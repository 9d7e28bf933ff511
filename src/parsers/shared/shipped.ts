declare const PROXYLINT_SHIPPED: boolean | undefined;

/** Whether this is the built program: its grammars were validated by the tests, which saves a tenth of their start. */
export const isShipped = typeof PROXYLINT_SHIPPED !== 'undefined';
