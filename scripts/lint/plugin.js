/** Rules of the linter that only this project needs. */

/** `on` and `off` mean what `isOn` and `isOff` of a server's settings say: in any case for one directive, exactly for another. */
const noFlagWords = {
  meta: {
    type: 'problem',
    messages: { compared: 'Ask "isOn" or "isOff" of src/servers: which spellings count is for the server to say.' },
  },
  create(context) {
    const isFlagWord = (node) =>
      (node.type === 'Literal' && (/^(?:on|off)$/i.test(String(node.value)) || isFlagPattern(node.regex?.pattern))) ||
      (node.type === 'TemplateLiteral' &&
        node.quasis.length === 1 &&
        /^(?:on|off)$/i.test(node.quasis[0].value.cooked));
    const report = (node) => context.report({ node, messageId: 'compared' });
    return {
      BinaryExpression(node) {
        if (/^[!=]=/.test(node.operator) && (isFlagWord(node.left) || isFlagWord(node.right))) report(node);
      },
      SwitchCase(node) {
        if (node.test && isFlagWord(node.test)) report(node.test);
      },
      Literal(node) {
        if (node.regex && isFlagPattern(node.regex.pattern)) report(node);
      },
    };
  },
};

/** A pattern of nothing but these words: `^off$`, `^(?:on|leaf)$`. */
function isFlagPattern(pattern = '') {
  const words = /^\^(?:\(\?:)?([\w|]+)\)?\$$/.exec(pattern)?.[1].split('|') ?? [];
  return words.includes('on') || words.includes('off');
}

/** A plain object answers to `constructor` and `__proto__`, which a config may hold as any other word. */
const wordTables = {
  meta: {
    type: 'problem',
    messages: { plain: 'Make it with "wordTable": a plain object has words of its own, such as "constructor".' },
  },
  create(context) {
    return {
      VariableDeclarator({ id, init }) {
        if (init?.type === 'ObjectExpression' && isKeyedByString(id.typeAnnotation?.typeAnnotation))
          context.report({ node: init, messageId: 'plain' });
      },
    };
  },
};

/** `Record<string, ...>`, also read-only or partial. */
function isKeyedByString(type) {
  if (type?.type !== 'TSTypeReference') return false;
  const [first] = type.typeArguments?.params ?? [];
  if (/^(?:Readonly|Partial)$/.test(type.typeName.name)) return isKeyedByString(first);
  return type.typeName.name === 'Record' && first?.type === 'TSStringKeyword';
}

/** A hook that is called for each host or route and looks through all hosts or listeners makes the time of a run quadratic. */
const noModelSearch = {
  meta: {
    type: 'problem',
    messages: {
      searched: 'Look through the model once, before the hook or on its first call, and keep what it asks for.',
    },
  },
  create(context) {
    /** A search that an assignment keeps is made once. */
    const isKept = (node) => node.parent?.type === 'AssignmentExpression' && node.parent.operator === '??=';
    return {
      CallExpression(node) {
        const { callee } = node;
        if (callee.type !== 'MemberExpression' || !searches.has(callee.property.name)) return;
        if (!isModelList(callee.object) || isKept(node)) return;
        for (let around = node.parent; around; around = around.parent) {
          const isHook = around.type === 'Property' && modelHooks.has(around.key.name);
          if (isHook && /Function/.test(around.value.type)) return context.report({ node, messageId: 'searched' });
        }
      },
    };
  },
};

const searches = new Set(['every', 'filter', 'find', 'findIndex', 'findLast', 'flatMap', 'map', 'some']);
const modelHooks = new Set(['listener', 'route', 'tls', 'upstream', 'virtualHost']);

/** `model.virtualHosts`, `context.model.listeners`. */
function isModelList(node) {
  if (node.type !== 'MemberExpression' || !/^(?:virtualHosts|listeners|upstreams)$/.test(node.property.name))
    return false;
  const { object } = node;
  return object.name === 'model' || object.property?.name === 'model';
}

export default {
  meta: { name: 'proxylint' },
  rules: { 'no-flag-words': noFlagWords, 'no-model-search': noModelSearch, 'word-tables': wordTables },
};
