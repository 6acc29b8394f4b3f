import type { Plugin } from 'vite';

/** An instance of everything and what hangs on it, up to the list of exports. */
const INSTANCE = /var (\w+)=new \w+;function \w+\((\w+),(\w+)\)\{return \1\.parse\(\2,\3\)\}.*?(?=export\{)/s;
const EXPORTS = /export\{([^}]*)\}/;
const KEPT = / as (?:Lexer|Tokenizer|getDefaults)$/;

/**
 * Of marked the page uses the lexer. Its module makes an instance that has the parser and the renderers too, so that no
 * bundler may leave them out: without the instance they go by themselves.
 */
export function markedLexer(): Plugin {
  return {
    name: 'konui-marked-lexer',
    apply: 'build',
    transform: {
      filter: { id: /\/marked\/lib\/marked\.esm\.js$/ },
      handler(code) {
        const [list, names = ''] = EXPORTS.exec(code) ?? [];
        if (list === undefined || !INSTANCE.test(code)) this.error('marked has another form than this plugin knows');
        const kept = names.split(',').filter((name) => KEPT.test(name));
        return { code: code.replace(INSTANCE, '').replace(list, () => `export{${kept.join(',')}}`), map: null };
      },
    },
  };
}
