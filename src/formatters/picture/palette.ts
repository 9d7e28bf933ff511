/** The colours of pictures and pages, for light and dark surroundings. */
const light = `--page:#fff;--ink:#1d2329;--quiet:#59636e;--edge:#7d8792;--frame:#5b6470;--line:#cfd6dd;--band:#e7edf5;--raised:#f5f7f9;
--host:#dcefe0;--match:#fff6d9;--server:#ece6f4;--proxy:#e3ecfb;--redirect:#fde9d4;--deny:#f8dfdc;--other:#e6eaee;
--link:#0b57b0;--error:#b3261e;--warning:#8a5300;--info:#33648f;--on-badge:#fff;--mark:#ffe9e6`;
const dark = `--page:#14181d;--ink:#e6eaee;--quiet:#a3aeba;--edge:#8792a0;--frame:#76818d;--line:#3a424c;--band:#242d3a;--raised:#1b2127;
--host:#1c3a26;--match:#3a3216;--server:#33284a;--proxy:#1b3050;--redirect:#47301a;--deny:#4a2320;--other:#2f363e;
--link:#8ab8f5;--error:#ff8a80;--warning:#f3b457;--info:#8fc0ea;--on-badge:#14181d;--mark:#4d2320`;

/** What a box stands for decides its colour. */
const boxKinds = ['host', 'match', 'server', 'proxy', 'redirect', 'deny', 'other'] as const;
export type BoxKind = (typeof boxKinds)[number];

/** What every picture needs, below the element of the given selector. */
function pictureRules(scope: string): string {
  const fills = boxKinds.map((kind) => `${scope} .${kind} rect{fill:var(--${kind})}`);
  return `${scope} text{fill:var(--ink)}
${scope} .title{fill:var(--quiet)}
${scope} .band{fill:var(--band)}
${scope} .band+text{font-weight:bold}
${scope} g rect{stroke:var(--frame)}
${scope} .edge{fill:none;stroke:var(--edge)}
${fills.join('\n')}`;
}

/** For a picture that stands by itself: as the viewer wants it. */
export const standaloneStyle = `svg{${light}}
@media (prefers-color-scheme:dark){svg{${dark}}}
.page{fill:var(--page)}
.tip{fill:var(--edge)}
${pictureRules('svg')}`;

/** For a page with pictures in it: as the viewer wants it, or as `data-theme` of the root says. */
export const pageStyle = `:root{${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}
:root[data-theme=dark]{${dark}}
.tip{fill:var(--edge)}
${pictureRules('.picture')}`;
