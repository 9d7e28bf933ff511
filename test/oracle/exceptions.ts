/** Fixtures on which proxylint and the installed server rightly disagree, each with the reason. */
export const exceptions: Readonly<Record<string, string>> = {};
