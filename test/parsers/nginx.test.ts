import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../src/text/source.ts';
import type { Block, ConfigFile, Directive } from '../../src/syntax/tree.ts';
import { parseNginx } from '../../src/parsers/nginx/parse.ts';

function parse(text: string): ConfigFile {
  return parseNginx(new SourceFile('nginx.conf', text));
}

/** The tree as nested arrays: values of the words, then the directives of the block. */
type Shape = (string | Shape)[];

function shapeOf(block: Block): Shape[] {
  return block.directives.map((directive) => {
    const words = [directive.name, ...directive.args].map((word) => word.value);
    return directive.block ? [...words, shapeOf(directive.block)] : words;
  });
}

/** The words of the first directive. */
function words(text: string): string[] {
  const [directive] = parse(text).root.directives;
  return [directive!.name, ...directive!.args].map((word) => word.value);
}

/** Code of each problem with the text it points at. */
function problems(text: string): [code: string, text: string][] {
  return parse(text).problems.map(({ code, start, end }) => [code, text.slice(start, end)]);
}

describe('words', () => {
  it.each<[string, string[]]>([
    ['listen 80;', ['listen', '80']],
    ['listen\t80\r\n;', ['listen', '80']],
    [String.raw`return 200 "a\"b\\c\n\t\r\d";`, ['return', '200', 'a"b\\c\n\t\r\\d']],
    [String.raw`return 200 'a\'b"c';`, ['return', '200', 'a\'b"c']],
    [String.raw`rewrite \.php$ a\ b;`, ['rewrite', String.raw`\.php$`, String.raw`a\ b`]],
    ['a b;c d;', ['a', 'b']],
    ['set $x ${y}z;', ['set', '$x', '${y}z']],
    ['set $x $y{', ['set', '$x', '$y']],
    ['set $x ${{y};', ['set', '$x', '${{y}']],
    ['location ~ ^/a{2}$ {}', ['location', '~', '^/a']],
    ['location ~ "^/a{2}$" {}', ['location', '~', '^/a{2}$']],
    ['a b#c d"e f}g;', ['a', 'b#c', 'd"e', 'f}g']],
    ['a "b\nc";', ['a', 'b\nc']],
    ['a "";', ['a', '']],
    ['if ($x = "y"){}', ['if', '($x', '=', 'y', ')']],
    ['a b\u000bc\u00a0d é 日本 🙂;', ['a', 'b\u000bc\u00a0d', 'é', '日本', '🙂']],
    ['"a b" c;', ['a b', 'c']],
  ])('reads %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('keeps quotes, raw text and spans', () => {
    const text = String.raw`a 'b\'c' d;`;
    const [first, second] = parse(text).root.directives[0]!.args;
    expect(first).toEqual({ start: 2, end: 8, raw: String.raw`'b\'c'`, value: "b'c", quote: "'" });
    expect(second).toEqual({ start: 9, end: 10, raw: 'd', value: 'd', quote: '' });
  });
});

describe('directives and blocks', () => {
  it('nests blocks', () => {
    const { root, problems } = parse('http { server { listen 80; } map $a $b { default 1; "x y" 2; } }');
    expect(shapeOf(root)).toEqual([
      [
        'http',
        [
          ['server', [['listen', '80']]],
          [
            'map',
            '$a',
            '$b',
            [
              ['default', '1'],
              ['x y', '2'],
            ],
          ],
        ],
      ],
    ]);
    expect(problems).toEqual([]);
  });

  it('links directives to their blocks and files', () => {
    const { root, source } = parse('a { b; }');
    const outer = root.directives[0]!;
    const inner = outer.block!.directives[0]!;
    expect(inner.parent).toBe(outer.block);
    expect(outer.block!.owner).toBe(outer);
    expect(outer.block!.file).toBe(source);
    expect(root).toMatchObject({ kind: 'file', owner: undefined, start: 0, end: 8 });
    expect(outer.block).toMatchObject({ kind: 'braces', start: 2, end: 8, close: { start: 7, end: 8 } });
    expect(outer).toMatchObject({ start: 0, end: 8, terminator: 'block' });
    expect(inner).toMatchObject({ start: 4, end: 6, terminator: ';' });
  });

  it('takes the owner of an included file from its include directive', () => {
    const include = parse('http { include x; }').root.directives[0]!.block!.directives[0] as Directive;
    const included = parseNginx(new SourceFile('x', 'server {}'), include);
    expect(included.root.owner?.key).toBe('http');
    expect(included.includedBy).toBe(include);
  });

  it('ends comments at the line feed only', () => {
    const { comments, root } = parse('a b; # c ; { "\r\n#d\re\nf;# g');
    expect(comments.map(({ raw }) => raw)).toEqual(['# c ; { "', '#d\re', '# g']);
    expect(shapeOf(root)).toEqual([['a', 'b'], ['f']]);
  });

  it('reads a comment between the words of a directive', () => {
    expect(shapeOf(parse('log_format x # y;\n  z;').root)).toEqual([['log_format', 'x', 'z']]);
  });
});

describe('Lua blocks', () => {
  it.each([
    ' ngx.say("}") ',
    ' local t = { \'{\', "\\"}" } ',
    ' -- }\n x() ',
    ' --[[ } \n } ]] x() ',
    ' --[==[ ]] } ]==] x() ',
    ' s = [[ } ]] .. [=[ ]] } ]=] ',
    ' t = { { 1 }, a[b[1]] } ',
    '',
  ])('keeps %j whole', (body) => {
    const { root, problems } = parse(`content_by_lua_block {${body}} b;`);
    expect(root.directives[0]!.block).toMatchObject({ kind: 'raw', directives: [], body: { raw: body } });
    expect(root.directives[1]!.key).toBe('b');
    expect(problems).toEqual([]);
  });

  it('allows arguments before the body', () => {
    const [directive] = parse('set_by_lua_block $x { return "a;b" }').root.directives;
    expect(directive!.args.map(({ value }) => value)).toEqual(['$x']);
    expect(directive!.block?.body?.value).toBe(' return "a;b" ');
  });

  it('is known by the name of the directive, not by an argument', () => {
    expect(shapeOf(parse('location content_by_lua_block { a b; }').root)).toEqual([
      ['location', 'content_by_lua_block', [['a', 'b']]],
    ]);
  });

  it('ends an unclosed one where its indentation ends', () => {
    const text = 'server {\n  content_by_lua_block {\n    if x then {{{\n  }\n  listen 80;\n}\n';
    expect(problems(text)).toEqual([['unclosed-block', 'content_by_lua_block {']]);
    expect(parse(text).root.directives[0]!.block!.directives.map(({ key }) => key)).toEqual([
      'content_by_lua_block',
      'listen',
    ]);
  });
});

describe('problems', () => {
  it.each<[name: string, text: string, expected: [string, string][]]>([
    ['directive before a closing brace', 'a { b c }', [['missing-semicolon', '']]],
    ['directive before the end', 'a b', [['missing-semicolon', '']]],
    ['stray closing brace', 'a; } b;', [['unexpected-close', '}']]],
    ['stray semicolon', 'a {};', [['syntax-error', ';']]],
    ['block without a name', '{ a; }', [['syntax-error', '{']]],
    ['text after a quote', 'a "b"c;', [['syntax-error', 'c']]],
    ['comment after a quote', 'a "b"#c\n;', [['syntax-error', '#']]],
    ['brace after a quote', 'a { b "c"}', [['missing-semicolon', '']]],
    ['byte order mark', '\uFEFFa b;', [['syntax-error', '\uFEFF']]],
    ['quote without a partner', 'a "b;\nc d;', [['unclosed-quote', '"']]],
    ['quote that the next one closes', 'a "b;\nc "d";', [['unclosed-quote', '"']]],
    ['quote at the end', "a '", [['unclosed-quote', "'"]]],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  // As nginx 1.22.1 judges the same lengths.
  it.each<[text: string, isTooLong: boolean]>([
    ['x'.repeat(4095), false],
    ['x'.repeat(4096), true],
    [`"${'x'.repeat(4094)}"`, false],
    [`"${'x'.repeat(4095)}"`, true],
    ['é'.repeat(2048), true],
    [`#${'x'.repeat(4094)}\n`, false],
    [`#${'x'.repeat(4095)}\n`, true],
  ])('word or comment of a length that nginx refuses', (text, isTooLong) => {
    expect(problems(`a ${text};`).map(([code]) => code)).toEqual(isTooLong ? ['syntax-error'] : []);
  });

  it('keeps the directive that lacks its semicolon, and says where it belongs', () => {
    const { root, problems } = parse('a { b c }');
    expect(shapeOf(root)).toEqual([['a', [['b', 'c']]]]);
    expect(problems[0]).toMatchObject({ start: 7, end: 7, name: 'b', related: { start: 8, end: 9 } });
  });

  it('goes on after a quote without a partner', () => {
    expect(shapeOf(parse('a "b {\n c "d;\n').root)).toEqual([['a', 'b {\n c ', 'd']]);
    expect(shapeOf(parse("a 'b;\nc d;\n").root)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('reports each unclosed block at its opener', () => {
    const text = 'http { server { listen 80;';
    expect(problems(text)).toEqual([
      ['unclosed-block', 'http {'],
      ['unclosed-block', 'server {'],
    ]);
    expect(shapeOf(parse(text).root)).toEqual([['http', [['server', [['listen', '80']]]]]]);
  });

  it('reads the contents of a block without a name', () => {
    expect(shapeOf(parse('a { ; { b; } c; }').root)).toEqual([['a', [['b'], ['c']]]]);
  });
});

describe('braces that do not balance', () => {
  const located = (text: string): [string, number][] => {
    const { problems, source } = parse(text);
    return problems.map(({ code, start }) => [code, source.positionAt(start).line]);
  };

  it('finds the inner block that was left open by its indentation', () => {
    const text = 'server {\n  location /a {\n    x;\n  location /b {\n    y;\n  }\n}\nserver {\n}\n';
    expect(located(text)).toEqual([['unclosed-block', 2]]);
    expect(parse(text).root.directives.map(({ key }) => key)).toEqual(['server', 'server']);
  });

  it('finds the outer block that was left open', () => {
    const text = 'server {\n  location / {\n  }\n\nserver {\n  x;\n}\n';
    expect(located(text)).toEqual([['unclosed-block', 1]]);
    expect(parse(text).root.directives.map(({ key }) => key)).toEqual(['server', 'server']);
  });

  it('finds the brace that is one too many', () => {
    const text = 'server {\n  location / {\n  }\n  }\n  x;\n}\n';
    expect(located(text)).toEqual([['unexpected-close', 4]]);
    expect(shapeOf(parse(text).root)).toEqual([['server', [['location', '/', []], ['x']]]]);
  });

  it('does not believe an indentation that explains nothing', () => {
    expect(located('server {\nlocation / {\nx;\n}\n')).toEqual([['unclosed-block', 1]]);
    expect(located('server {\n}\n}\nx;\n')).toEqual([['unexpected-close', 3]]);
  });

  it('ignores the indentation where the braces balance', () => {
    const text = '    server {\n  location / {\n      x;\n}\n        }\ny;\n';
    expect(located(text)).toEqual([]);
    expect(shapeOf(parse(text).root)).toEqual([['server', [['location', '/', [['x']]]]], ['y']]);
  });
});
