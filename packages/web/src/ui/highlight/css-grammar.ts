import type { HLJSApi, Language } from 'highlight.js';

/** CSS, SCSS and Less without highlight.js's list of every property, which is as large as three other languages. */
export function cssGrammar(hljs: HLJSApi): Language {
  const strings = [hljs.APOS_STRING_MODE, hljs.QUOTE_STRING_MODE];
  const value = {
    begin: /:/,
    end: /(?=[;}\n])/,
    contains: [
      hljs.C_BLOCK_COMMENT_MODE,
      ...strings,
      { scope: 'number', begin: /#[\da-f]{3,8}\b|[+-]?(?:\d+\.?\d*|\.\d+)(?:%|[a-z]+)?/i },
      { scope: 'built_in', begin: /[a-z-]+(?=\()/i },
      { scope: 'meta', begin: /!important\b/ },
      { scope: 'variable', begin: /--[\w-]+|[$@][\w-]+/ },
    ],
  };
  return {
    name: 'CSS',
    case_insensitive: true,
    contains: [
      hljs.C_BLOCK_COMMENT_MODE,
      hljs.C_LINE_COMMENT_MODE,
      ...strings,
      { scope: 'keyword', begin: /@[\w-]+/ },
      { scope: 'attribute', begin: /(?:--|\$)?[a-z][\w-]*(?=\s*:[^:{;]*[;}\n])/i, starts: value },
      { scope: 'selector-tag', begin: /[.#&]?[a-z][\w-]*|::?[a-z-]+/i },
      { scope: 'number', begin: /\b\d+(?:\.\d+)?[a-z%]*/i },
    ],
  };
}
