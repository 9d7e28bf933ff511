/** In the working directory, unless `--cache-location` names another place. */
export const defaultCache = '.proxylintcache';

/** What the file begins with, which is no input wherever it lies. */
export const cacheMark = 'proxylint-cache 1';
