/** How configs of sslh are laid out. */
import { expect, test } from 'vitest';

import { formatted } from '../helpers/format.ts';

test('lines are indented by the groups and lists that they stand in', async () => {
  const text = `verbose: 1;
listen:
(
     { host: "0.0.0.0"; port: "443"; },
   { host: "x";
     port: "80";${'  '}
   }
);



protocols: (
  { name: "ssh"; service = "ssh"; host:"localhost"; port: "22"; },
    /* a comment
  of two lines */
  { name: "tls"; alpn_protocols: [ "a",
        "b" ]; log_level: 0 } // the end
)
;
`;
  expect(await formatted('sslh.cfg', text)).toBe(`verbose: 1;
listen:
(
  { host: "0.0.0.0"; port: "443"; },
  { host: "x";
    port: "80";
  }
);


protocols: (
  { name: "ssh"; service = "ssh"; host:"localhost"; port: "22"; },
  /* a comment
  of two lines */
  { name: "tls"; alpn_protocols: [ "a",
        "b" ]; log_level: 0 } // the end
)
;
`);
});

test('a group over several lines', async () => {
  const text = 'protocols:\n(\n  {\nname: "ssh";\nhost: "a";\n     port: "22";\n  }\n);\n';
  expect(await formatted('sslh.cfg', text)).toBe(
    'protocols:\n(\n  {\n    name: "ssh";\n    host: "a";\n    port: "22";\n  }\n);\n',
  );
});

test('libconfig refuses a comment without line end, and still does', async () => {
  const text = 'verbose: 1;\n# the end';
  expect(await formatted('sslh.cfg', text)).toBe(text);
  expect(await formatted('sslh.cfg', 'verbose: 1; /* the end */')).toBe('verbose: 1; /* the end */\n');
});

test('a range takes a group as a whole whose lines hang below its first one', async () => {
  const text = 'a: 1;\nlisten: (\n     { host: "x";\n       port: "1"; },\n  { host: "y"; port: "2"; }\n);\n';
  const range = { start: 4, end: 4 };
  expect(await formatted('sslh.cfg', text, { dialect: 'sslh', range, options: { indent: 2 } })).toBe(
    text.replace('     { host', '  { host').replace('       port', '    port'),
  );
});
