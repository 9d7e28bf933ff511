/** Where the project lives: the only host that the site names by itself. */
export const repository = 'https://github.com/proxylint/proxylint';
