/** The JSON schema of files of expectations. */
const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const tlsVersions = {
  type: 'array',
  minItems: 1,
  items: { enum: ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] },
};
const scalar = { type: ['string', 'number', 'boolean', 'null'] };

function object(properties: object, description?: string, required?: readonly string[]): object {
  return {
    type: 'object',
    additionalProperties: false,
    ...(description !== undefined && { description }),
    ...(required && { required }),
    properties,
  };
}

const ref = (name: string, description: string): object => ({
  description,
  allOf: [{ $ref: `#/definitions/${name}` }],
});
const wanted = (description: string): object => ref('wanted', description);

const wantedValue = object({
  is: { description: 'Equal to it; null: there is none.', type: ['string', 'number', 'null'] },
  not: { description: 'Anything else; null: there is one.', type: ['string', 'number', 'null'] },
  oneOf: { description: 'Equal to one of them.', type: 'array', minItems: 1, items: { type: ['string', 'number'] } },
  contains: text,
  startsWith: text,
  endsWith: text,
  matches: { description: 'A regular expression of JavaScript.', ...text },
  set: { description: 'Whether there is one.', type: 'boolean' },
  from: {
    description: 'Of headers: who sets it.',
    type: 'string',
    enum: ['client', 'config', 'server'],
  },
});

const expected = object({
  status: wanted('Status of the answer that the server itself gives: 404, or 3xx for a class.'),
  location: wanted('Location header of that answer.'),
  body: wanted('Text that the config itself answers with; null: it names none.'),
  file: wanted('Path of the file that is sent.'),
  denied: {
    description: 'Whether the client is kept out: 401, 403, 407, no answer, or nobody there.',
    type: 'boolean',
  },
  backend: wanted('host:port of the server behind, or the name of its group.'),
  protocol: wanted('How the backend is spoken to: http, https, fastcgi, ...'),
  path: wanted('Path and query that the backend receives.'),
  method: wanted('Method that the backend receives.'),
  httpVersion: wanted('Version of HTTP that the backend is spoken to in: 1.0 or 1.1.'),
  backendHeaders: ref('headers', 'Headers that the backend receives.'),
  responseHeaders: ref('headers', 'Headers that the configuration adds to the response.'),
  noOtherHeaders: {
    description: 'True: no header but the named ones is added to what the backend receives, and to the response.',
    enum: [true],
  },
  upgrade: { description: 'Whether a WebSocket handshake reaches the backend as one.', type: 'boolean' },
  tls: {
    ...object(
      {
        offers: { description: 'Versions that the virtual host must offer.', ...tlsVersions },
        refuses: { description: 'Versions that it must not offer.', ...tlsVersions },
      },
      'Versions of TLS.',
    ),
    minProperties: 1,
  },
  virtualHost: wanted('The virtual host that is chosen, by its names.'),
  route: wanted('The location or section that is chosen, as the config writes it.'),
  behind: ref('expected', 'What the next server does, of configs that belong together.'),
});

const assumed = (description: string): object =>
  object({ files: texts, directories: texts, missing: texts }, description);

const request = {
  description: 'A URL, a method and a URL ("POST https://a.example/"), or an object.',
  type: ['string', 'object'],
  minLength: 1,
  additionalProperties: false,
  required: ['url'],
  properties: {
    url: { description: 'http, https, ws or wss; for sslh ssh://host and the like, too.', ...text },
    method: { description: 'GET if left out.', ...text },
    headers: { description: 'By name.', type: 'object', additionalProperties: { type: ['string', 'number'] } },
    from: { description: 'Address of the client.', ...text },
    to: { description: 'Address that the connection goes to.', ...text },
    bodySize: { description: 'Bytes.', type: 'integer', minimum: 0 },
    alpn: { description: 'What the TLS handshake offers.', ...texts },
    send: { description: 'What the client of a tcp URL sends first.', ...text },
  },
};

export const expectationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://raw.githubusercontent.com/proxylint/proxylint/main/schema/test.schema.json',
  title: 'proxylint expectations',
  ...object(
    {
      $schema: { type: 'string' },
      configs: {
        description: 'Configs, relative to this file: files, directories, globs.',
        ...texts,
        type: ['string', 'array'],
        minItems: 1,
        minLength: 1,
      },
      targets: {
        description: 'Versions that the configs are meant for.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          ['nginx', 'apache', 'sslh'].map((name) => [name, { type: ['string', 'number'] }]),
        ),
      },
      assume: assumed('What is to be taken for the files that the servers look for: absolute paths.'),
      variables: {
        description: 'Texts that stand for {{name}} anywhere below.',
        type: 'object',
        additionalProperties: scalar,
      },
      request: {
        ...request,
        description: 'What all requests have that do not say otherwise.',
        required: [],
        type: 'object',
      },
      tests: {
        description: 'Requests and what must hold for them.',
        type: 'array',
        minItems: 1,
        items: object(
          {
            name: text,
            config: {
              description: 'Which of several configs is meant: its path, or document:line for one in a document.',
              ...text,
            },
            request: { $ref: '#/definitions/request' },
            requests: { type: 'array', minItems: 1, items: { $ref: '#/definitions/request' } },
            each: {
              description:
                'Lists of values of variables: the test is made for each of them, of several for each combination.',
              type: 'object',
              additionalProperties: { type: 'array', minItems: 1, items: scalar },
            },
            assume: assumed('What is to be taken for files in this test, before what the file says of them.'),
            expect: ref('expected', 'What must hold.'),
          },
          undefined,
          ['expect'],
        ),
      },
    },
    undefined,
    ['tests'],
  ),
  definitions: {
    request,
    expected: { ...expected, minProperties: 1 },
    headers: { type: 'object', minProperties: 1, additionalProperties: { $ref: '#/definitions/wanted' } },
    wanted: { ...wantedValue, minProperties: 1, type: ['string', 'number', 'boolean', 'null', 'object'] },
  },
};
